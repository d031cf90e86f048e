package dev.darkroom.jobs.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One line that says how far a job is: units done of how many, units per second, time left.
 *
 * <p>On a terminal the line is drawn over itself twice a second; elsewhere a new one comes every
 * ten seconds, and none where nothing has moved; the last of several says how far it came.
 */
public final class Progress implements AutoCloseable {
  private static final long TERMINAL_MILLIS = 500;
  private static final long LOG_MILLIS = 10_000;
  private static final int LINE_WIDTH = 79;

  private final PrintStream out;
  private final boolean terminal;
  private final Duration pause;
  private final String units;
  private final String verb;
  private final Supplier<State> state;
  private final long started = System.nanoTime();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread;
  private long shown = -1;

  /**
   * How far a job is.
   *
   * @param done units that are done
   * @param total units that there are
   * @param tokens tokens that were generated for them; 0 where none are
   */
  public record State(long done, long total, long tokens) {}

  private Progress(
      PrintStream out,
      boolean terminal,
      Duration pause,
      String units,
      String verb,
      Supplier<State> state) {
    this.out = out;
    this.terminal = terminal;
    this.pause = pause;
    this.units = units;
    this.verb = verb;
    this.state = state;
    this.thread = new Thread(this::run, "progress");
    thread.setDaemon(true);
  }

  /**
   * Begins to report; ends when closed.
   *
   * @param out where to
   * @param terminal whether lines can be drawn over
   * @param units what is done: {@code images}
   * @param verb what happens to them: {@code compressed}
   * @param state how far the job is by now
   */
  public static Progress start(
      PrintStream out, boolean terminal, String units, String verb, Supplier<State> state) {
    Duration pause = Duration.ofMillis(terminal ? TERMINAL_MILLIS : LOG_MILLIS);
    return start(out, terminal, pause, units, verb, state);
  }

  /** The same, with another pause between two looks at the state. */
  static Progress start(
      PrintStream out,
      boolean terminal,
      Duration pause,
      String units,
      String verb,
      Supplier<State> state) {
    Progress progress = new Progress(out, terminal, pause, units, verb, state);
    progress.thread.start();
    return progress;
  }

  private void run() {
    try {
      while (!closed.get()) {
        Thread.sleep(pause.toMillis());
        show();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void show() {
    if (!closed.get()) {
      draw();
    }
  }

  private void draw() {
    State now = state.get();
    if (!terminal && now.done() == shown) {
      return;
    }
    shown = now.done();
    String line = line(units, verb, now, Duration.ofNanos(System.nanoTime() - started));
    if (terminal) {
      out.print("\r" + pad(line));
      out.flush();
    } else {
      out.println(line);
    }
  }

  static String line(String units, String verb, State state, Duration spent) {
    long done = state.done();
    long total = state.total();
    double seconds = Math.max(0.001, spent.toMillis() / 1000.0);
    double rate = done / seconds;
    String left =
        done == 0 || total <= done
            ? ""
            : ", "
                + Quantity.duration(Duration.ofMillis((long) (1000 * (total - done) / rate)))
                + " left";
    String tokens =
        state.tokens() == 0
            ? ""
            : ", " + Quantity.decimal(state.tokens() / seconds, 0) + " tokens/s";
    return "%s of %s %s %s (%s), %s %s/s%s%s"
        .formatted(
            Quantity.count(done),
            Quantity.count(total),
            units,
            verb,
            Quantity.share(Math.min(done, total), total),
            Quantity.decimal(rate, 1),
            units,
            tokens,
            left);
  }

  private static String pad(String line) {
    return line.length() >= LINE_WIDTH
        ? line.substring(0, LINE_WIDTH)
        : line + " ".repeat(LINE_WIDTH - line.length());
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed.getAndSet(true)) {
        return;
      }
      if (terminal) {
        out.print("\r" + " ".repeat(LINE_WIDTH) + "\r");
        out.flush();
      } else if (shown >= 0) {
        draw();
      }
    }
    thread.interrupt();
  }
}
