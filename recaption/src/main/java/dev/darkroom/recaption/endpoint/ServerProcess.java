package dev.darkroom.recaption.endpoint;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a server's command, with the processes that it starts.
 *
 * <p>The command runs under {@code server-guard.sh}, in a process group of its own, and the guard
 * holds one end of a pipe from this JVM. When the JVM closes the pipe, or ends in whatever way, the
 * guard ends the group: gently, then by force. What the server leaves behind when it ends by itself
 * goes too. Only a process that leaves the group and outlives a JVM that was killed escapes.
 */
final class ServerProcess {
  private static final Logger LOGGER = System.getLogger(ServerProcess.class.getName());
  private static final String GUARD = guard();
  private static final Duration GUARD_EXTRA = Duration.ofSeconds(3);

  private final Process process;
  private final Thread pump;
  private final Duration grace;

  private ServerProcess(Process process, Thread pump, Duration grace) {
    this.process = process;
    this.pump = pump;
    this.grace = grace;
  }

  /**
   * Starts the command.
   *
   * @param environment added to this JVM's
   * @param grace between asking it to stop and killing it, in whole seconds
   * @throws IOException where there is no {@code bash}
   */
  static ServerProcess start(
      List<String> command, Map<String, String> environment, Duration grace, ServerLog log)
      throws IOException {
    List<String> guarded = new ArrayList<>();
    guarded.addAll(List.of("bash", "-c", GUARD, "server-guard", Long.toString(grace.toSeconds())));
    guarded.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(guarded).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    Thread pump = new Thread(() -> drain(process, log), "darkroom-server-log");
    pump.setDaemon(true);
    pump.start();
    return new ServerProcess(process, pump, grace);
  }

  private static void drain(Process process, ServerLog log) {
    try (InputStream stream = new BufferedInputStream(process.getInputStream())) {
      log.drain(stream);
      log.flush();
    } catch (IOException e) {
      // The stream ends this way where the process is killed; there is nothing more to log.
      return;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end; whether it came in time. */
  boolean ended(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How it ended: the command's exit status, or 128 and the signal; it must have ended. */
  int status() {
    return process.exitValue();
  }

  /** The guard's process id; the server's processes are its descendants. */
  long pid() {
    return process.pid();
  }

  /** Ends every process of the server; returns when they are gone. Does nothing the second time. */
  void stop() {
    List<ProcessHandle> tree = process.descendants().toList();
    boolean interrupted = false;
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken where the guard is gone: the order to stop was given.
      process.destroy();
    }
    try {
      process.waitFor(grace.plus(GUARD_EXTRA).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    tree.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      // Where the guard was killed, what it guarded may still be ending, with its end of this pipe.
      pump.join(grace.plus(GUARD_EXTRA).toMillis());
      // Killed is not gone yet.
      CompletableFuture.allOf(
              tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
          .get(GUARD_EXTRA.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The kernel holds it, in a driver for instance; it ends when it is let go.
      LOGGER.log(Level.WARNING, "a process of the inference server was killed and does not end", e);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String guard() {
    try (InputStream script = ServerProcess.class.getResourceAsStream("server-guard.sh")) {
      if (script == null) {
        throw new IllegalStateException("server-guard.sh is missing from the jar");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
