package dev.darkroom.jobs.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where a job writes to.
 *
 * @param out results
 * @param err progress, warnings and complaints
 * @param terminal whether {@code err} is a screen on which lines can be drawn over
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {
  /** The process's own streams. */
  public static Console ofProcess() {
    return new Console(System.out, System.err, "1".equals(System.getenv("DARKROOM_TTY")));
  }

  /** Begins a progress line about images on {@code err}; see {@link Progress#start}. */
  public Progress progress(String verb, long total, LongSupplier done) {
    return progress("images", verb, total, done);
  }

  /** Begins a progress line on {@code err}; see {@link Progress#start}. */
  public Progress progress(String units, String verb, long total, LongSupplier done) {
    return Progress.start(
        err, terminal, units, verb, () -> new Progress.State(done.getAsLong(), total, 0));
  }

  /** Begins a progress line about images on {@code err}; see {@link Progress#start}. */
  public Progress progress(String verb, Supplier<Progress.State> state) {
    return Progress.start(err, terminal, "images", verb, state);
  }
}
