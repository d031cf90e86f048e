package dev.darkroom.recaption.endpoint;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run an inference server.
 *
 * @param command a template, such as {@code vllm serve {model} --host 127.0.0.1 --port {port}}: it
 *     must name {@code {port}}, and may name {@code {model}} and {@code {gpu}} where those are
 *     given
 * @param model name or folder of the model; also the name that the server is asked for
 * @param gpu address of the GPU (or several, with commas), put into {@code CUDA_VISIBLE_DEVICES}
 * @param environment variables added to those of this JVM
 * @param logFolder where the server's output goes, 20 MiB at most
 * @param startLimit until it is ready, above zero
 * @param stopLimit between asking it to stop and killing it, at least a second
 * @param healthPause between two checks of its health, above zero
 * @param healthLimit of one check, above zero
 * @param healthMisses checks in a row without success after which it is restarted, at least 1
 * @param restarts within the window, before it is given up, at least 0
 * @param restartWindow see {@code restarts}
 */
public record ServerOptions(
    String command,
    Optional<String> model,
    Optional<String> gpu,
    Map<String, String> environment,
    Path logFolder,
    Duration startLimit,
    Duration stopLimit,
    Duration healthPause,
    Duration healthLimit,
    int healthMisses,
    int restarts,
    Duration restartWindow) {

  /** Refuses values out of range. */
  public ServerOptions {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(gpu, "gpu");
    Objects.requireNonNull(logFolder, "logFolder");
    environment = Map.copyOf(environment);
    requireAbove("startLimit", startLimit, Duration.ZERO);
    requireAbove("stopLimit", stopLimit, Duration.ofMillis(999));
    requireAbove("healthPause", healthPause, Duration.ZERO);
    requireAbove("healthLimit", healthLimit, Duration.ZERO);
    requireAbove("restartWindow", restartWindow, Duration.ZERO);
    if (healthMisses < 1 || restarts < 0) {
      throw new IllegalArgumentException(
          "healthMisses must be at least 1 and restarts at least 0: "
              + healthMisses
              + ", "
              + restarts);
    }
  }

  private static void requireAbove(String name, Duration value, Duration bound) {
    if (value.compareTo(bound) <= 0) {
      throw new IllegalArgumentException(name + " must be above " + bound + ": " + value);
    }
  }

  /**
   * The usual: 10 minutes to start, 20 seconds to stop, health checked every 5 seconds, and a
   * restart after 6 checks in a row without an answer in 10 seconds, 10 restarts in half an hour.
   */
  public static ServerOptions of(String command, Path logFolder) {
    return new ServerOptions(
        command,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        logFolder,
        Duration.ofMinutes(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        6,
        10,
        Duration.ofMinutes(30));
  }

  /** The same, with another model. */
  public ServerOptions withModel(String name) {
    return with(Optional.of(name), gpu, environment, startLimit, stopLimit);
  }

  /** The same, on a GPU. */
  public ServerOptions withGpu(String address) {
    return with(model, Optional.of(address), environment, startLimit, stopLimit);
  }

  /** The same, with other environment variables. */
  public ServerOptions withEnvironment(Map<String, String> variables) {
    return with(model, gpu, variables, startLimit, stopLimit);
  }

  /** The same, with more or less time to start and to stop. */
  public ServerOptions withLimits(Duration start, Duration stop) {
    return with(model, gpu, environment, start, stop);
  }

  /** The same, with its health checked at other times. */
  public ServerOptions withHealth(Duration pause, Duration limit, int misses) {
    return new ServerOptions(
        command,
        model,
        gpu,
        environment,
        logFolder,
        startLimit,
        stopLimit,
        pause,
        limit,
        misses,
        restarts,
        restartWindow);
  }

  /** The same, restarted more or less often. */
  public ServerOptions withRestarts(int number, Duration window) {
    return new ServerOptions(
        command,
        model,
        gpu,
        environment,
        logFolder,
        startLimit,
        stopLimit,
        healthPause,
        healthLimit,
        healthMisses,
        number,
        window);
  }

  /** What is set, without secrets. */
  @Override
  public String toString() {
    return "ServerOptions[command="
        + shownCommand(command)
        + ", model="
        + model.orElse("")
        + ", gpu="
        + gpu.orElse("")
        + ", environment="
        + environment.keySet()
        + ", logFolder="
        + logFolder
        + "]";
  }

  /** A command for messages, without values that look secret. */
  public static String shownCommand(String command) {
    return CommandTemplate.parse(command).shown();
  }

  private ServerOptions with(
      Optional<String> newModel,
      Optional<String> newGpu,
      Map<String, String> newEnvironment,
      Duration newStartLimit,
      Duration newStopLimit) {
    return new ServerOptions(
        command,
        newModel,
        newGpu,
        newEnvironment,
        logFolder,
        newStartLimit,
        newStopLimit,
        healthPause,
        healthLimit,
        healthMisses,
        restarts,
        restartWindow);
  }
}
