package dev.darkroom.udfs.caption;

import dev.darkroom.models.Sha256;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.endpoint.ServerCaptioner;
import dev.darkroom.recaption.endpoint.ServerOptions;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * An inference server that each executor runs itself: one for each GPU, or set of GPUs, that its
 * tasks are given, and one where they have none. It starts with the first task and ends with the
 * executor, or when it has not been used for some minutes.
 *
 * @param command a template such as {@code vllm serve {model} --port {port}}; see {@link
 *     ServerOptions}
 * @param startLimit how long it may take to start
 * @param settings how to ask it; the model's name is also what {@code {model}} stands for
 */
public record ServerSource(String command, Duration startLimit, EndpointSettings settings)
    implements CaptionerSource {
  @Override
  public CaptionerLease open(GpuAssignment gpus, Configuration hadoop) {
    return CaptionerPool.lease(
        this + " " + fingerprint() + " on " + gpus.joined(),
        gpus.isPresent() ? "gpu" : "cpu",
        () -> ServerCaptioner.launch(options(gpus), settings.options()));
  }

  /** Tells commands apart whose secrets alone differ. */
  private String fingerprint() {
    return Sha256.of(command);
  }

  /** What is run, without secrets. */
  @Override
  public String toString() {
    return "ServerSource[command=%s, startLimit=%s, settings=%s]"
        .formatted(ServerOptions.shownCommand(command), startLimit, settings);
  }

  private ServerOptions options(GpuAssignment gpus) {
    Path logs =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "darkroom-servers-" + System.getProperty("user.name"));
    ServerOptions options = ServerOptions.of(command, logs);
    options = options.withLimits(startLimit, options.stopLimit());
    if (!settings.model().isEmpty()) {
      options = options.withModel(settings.model());
    }
    return gpus.isPresent() ? options.withGpu(gpus.joined()) : options;
  }

  @Override
  public List<String> problems(DecodingParameters parameters) {
    return EndpointSettings.problems(parameters);
  }
}
