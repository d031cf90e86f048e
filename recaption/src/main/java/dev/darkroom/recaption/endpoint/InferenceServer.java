package dev.darkroom.recaption.endpoint;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs one inference server and keeps it running: starts it on a free port, waits until it is
 * ready, restarts it when it dies or stops answering, logs what it writes, and ends all its
 * processes when it is closed and when this JVM ends, even by {@code kill -9}. Thread-safe.
 *
 * <p>A server that was never ready is started twice; one that was may be restarted as often as
 * {@link ServerOptions#restarts()} says. After that it is given up for good.
 */
public final class InferenceServer implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(InferenceServer.class.getName());
  private static final Duration START_PAUSE = Duration.ofMillis(250);
  private static final long LOG_BYTES = 10L << 20;
  private static final int ANSWER_BYTES = 1 << 20;
  private static final int STARTS_IN_VAIN = 2;
  private static final int LINES_TOLD = 8;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;

  /** What a server is doing. */
  public enum State {
    /** It was started, for the first time or again, and is not ready yet. */
    STARTING,
    /** It answers. */
    READY,
    /** It was given up. */
    FAILED,
    /** It was stopped for good. */
    CLOSED
  }

  private final ServerOptions options;
  private final CommandTemplate template;
  private final ServerLog log;
  private final HealthCheck health;
  private final Thread supervisor;
  private final Thread hook;

  private State state = State.STARTING;
  private Optional<URI> base = Optional.empty();
  private Optional<ServerProcess> running = Optional.empty();
  private String failure = "";
  private int restarts;
  private int deaths;

  private InferenceServer(
      ServerOptions options, CommandTemplate template, ServerLog log, ApiKey key) {
    this.options = options;
    this.template = template;
    this.log = log;
    this.health = new HealthCheck(new EndpointClient(key, ANSWER_BYTES), options.healthLimit());
    String name = "darkroom-server-" + options.gpu().orElse("cpu");
    this.supervisor = new Thread(this::supervise, name);
    this.supervisor.setDaemon(true);
    this.hook = new Thread(this::stop, name + "-hook");
  }

  /**
   * Starts a server and returns at once; {@link #awaitReady} waits for it.
   *
   * @throws EndpointException where the command can't be used or the log can't be written
   */
  public static InferenceServer launch(ServerOptions options) {
    return launch(options, ApiKey.read(EndpointOptions.DEFAULT.apiKeyVariable(), System.getenv()));
  }

  static InferenceServer launch(ServerOptions options, ApiKey key) {
    CommandTemplate template = CommandTemplate.parse(options.command());
    if (!template.names("port")) {
      throw new EndpointException(
          "the server's command does not name {port}; add it where the server takes its port: "
              + template.shown());
    }
    List<String> command = template.fill(values(options, 0));
    Path file =
        options
            .logFolder()
            .resolve(
                "server-"
                    + options.gpu().orElse("cpu").replaceAll("[^A-Za-z0-9_-]", "_")
                    + "-"
                    + ProcessHandle.current().pid()
                    + ".log");
    InferenceServer server;
    try {
      ServerLog log = new ServerLog(file, LOG_BYTES, redaction(options, command, key));
      server = new InferenceServer(options, template, log, key);
    } catch (IOException e) {
      throw new EndpointException(
          "the server's log " + file + " can't be written: " + e + "; give a folder that can");
    }
    Runtime.getRuntime().addShutdownHook(server.hook);
    server.supervisor.start();
    return server;
  }

  private static Redaction redaction(ServerOptions options, List<String> command, ApiKey key) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(options.environment());
    return Redaction.of(key, command, environment);
  }

  private static Map<String, String> values(ServerOptions options, int port) {
    Map<String, String> values = new HashMap<>();
    values.put("port", Integer.toString(port));
    options.model().ifPresent(model -> values.put("model", model));
    options.gpu().ifPresent(gpu -> values.put("gpu", gpu));
    return values;
  }

  /**
   * Waits until the server is ready, through restarts.
   *
   * @return the base of its API, such as {@code http://127.0.0.1:23456/v1}; another one after a
   *     restart
   * @throws EndpointException where it was given up or closed, or is not ready within the limit;
   *     the message has the last lines of its log
   */
  public URI awaitReady(Duration limit) throws InterruptedException {
    return awaitPlace(limit).base();
  }

  /** The same, with the numbers of restarts and of deaths. */
  EndpointLocation.Place awaitPlace(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      while (state == State.STARTING) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new EndpointException(
              "the server is not ready after " + limit.toMillis() + " ms; " + whereToLook());
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      if (state == State.FAILED) {
        throw new EndpointException(failure);
      }
      return new EndpointLocation.Place(
          base.orElseThrow(() -> new EndpointException("the server was closed")), restarts, deaths);
    }
  }

  /** What the server is doing. */
  public synchronized State state() {
    return state;
  }

  /** How many times it was started again. */
  public synchronized int restarts() {
    return restarts;
  }

  /**
   * The file that holds what the server wrote; when it is full it is renamed to end in {@code .1}.
   */
  public Path log() {
    return log.file();
  }

  /** Ends the server's processes, gently at first; returns when they are gone. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is on its way out, and runs the hook itself.
      return;
    }
    stop();
    boolean interrupted = false;
    try {
      supervisor.join();
      log.close();
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the server''s log could not be closed: {0}", e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    Optional<ServerProcess> process;
    synchronized (this) {
      state = State.CLOSED;
      base = Optional.empty();
      process = running;
      notifyAll();
    }
    process.ifPresent(ServerProcess::stop);
  }

  private void supervise() {
    RestartBudget budget = new RestartBudget(options.restarts(), options.restartWindow());
    int startsInVain = 0;
    try {
      while (true) {
        Run run = runOnce();
        if (state() == State.CLOSED) {
          return;
        }
        startsInVain = run.wasReady() ? 0 : startsInVain + 1;
        Optional<Duration> wait = budget.take(System.nanoTime());
        if (run.hopeless() || startsInVain == STARTS_IN_VAIN || wait.isEmpty()) {
          giveUp(run.reason());
          return;
        }
        LOGGER.log(
            Level.WARNING,
            "the inference server {0}; it is started again in {1} s, its log is {2}",
            run.reason(),
            wait.get().toSeconds(),
            log.file());
        if (!pause(wait.get())) {
          return;
        }
        synchronized (this) {
          restarts++;
          deaths += run.died() ? 1 : 0;
        }
      }
    } catch (InterruptedException e) {
      giveUp("is no longer supervised, since its thread was interrupted");
    } catch (IOException | RuntimeException e) {
      giveUp("could not be started: " + e);
    }
  }

  /**
   * How one run of the server ended.
   *
   * @param wasReady whether it answered at any time
   * @param hopeless whether another run would end the same way
   * @param died whether its process ended by itself when it was ready, and was not ended from here
   * @param reason what happened, after "the server"
   */
  private record Run(boolean wasReady, boolean hopeless, boolean died, String reason) {}

  private Run runOnce() throws IOException, InterruptedException {
    try (PortLease lease = PortLease.take()) {
      URI address = URI.create("http://127.0.0.1:" + lease.port() + "/v1");
      List<String> command = template.fill(values(options, lease.port()));
      log.add("darkroom: " + String.join(" ", Redaction.words(command)));
      ServerProcess process = ServerProcess.start(command, environment(), options.stopLimit(), log);
      if (!register(process)) {
        process.stop();
        return new Run(false, true, false, "was closed");
      }
      try {
        Optional<Run> stillborn = awaitHealthy(process, address);
        if (stillborn.isPresent()) {
          return stillborn.get();
        }
        become(State.READY, Optional.of(address));
        return watch(process, address);
      } finally {
        become(State.STARTING, Optional.empty());
        process.stop();
      }
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(options.environment());
    options.gpu().ifPresent(gpu -> environment.put("CUDA_VISIBLE_DEVICES", gpu));
    return environment;
  }

  /** Whether the process may go on: it may not where this was closed meanwhile. */
  private synchronized boolean register(ServerProcess process) {
    running = Optional.of(process);
    return state != State.CLOSED;
  }

  /** Why it did not become ready; empty where it is. */
  private Optional<Run> awaitHealthy(ServerProcess process, URI address)
      throws InterruptedException {
    long deadline = System.nanoTime() + options.startLimit().toNanos();
    while (!process.ended(START_PAUSE)) {
      if (health.isReady(address)) {
        return Optional.empty();
      }
      if (System.nanoTime() > deadline) {
        return Optional.of(
            new Run(
                false,
                false,
                false,
                "was not ready within " + options.startLimit().toSeconds() + " s"));
      }
    }
    int status = process.status();
    return Optional.of(
        new Run(
            false,
            status == NOT_FOUND || status == NOT_EXECUTABLE,
            false,
            "ended with status " + status + " before it was ready"));
  }

  /** Returns when the server has died or stopped answering. */
  private Run watch(ServerProcess process, URI address) throws InterruptedException {
    int misses = 0;
    while (!process.ended(options.healthPause())) {
      misses = health.isReady(address) ? 0 : misses + 1;
      if (misses == options.healthMisses()) {
        return new Run(true, false, false, "did not answer " + misses + " health checks in a row");
      }
    }
    return new Run(true, false, true, "ended with status " + process.status());
  }

  private synchronized void become(State next, Optional<URI> address) {
    if (state != State.CLOSED) {
      state = next;
      base = address;
      notifyAll();
    }
  }

  private void giveUp(String reason) {
    synchronized (this) {
      failure = "the inference server " + reason + ", and is not started again; " + whereToLook();
    }
    LOGGER.log(Level.ERROR, failure);
    become(State.FAILED, Optional.empty());
  }

  private String whereToLook() {
    return "see its log "
        + log.file()
        + ", which ends: "
        + String.join(" | ", log.lastLines(LINES_TOLD));
  }

  /** Waits; whether this is still open then. */
  private synchronized boolean pause(Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (state != State.CLOSED) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return false;
  }
}
