package dev.darkroom.jobs.curation;

import dev.darkroom.recaption.nouns.NounDensity;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What to report on, and how.
 *
 * @param inputs the tables, 1 or more
 * @param columns columns with captions in tables that no job of ours wrote; found by their usual
 *     names where there are none
 * @param output the folder that the report goes to
 * @param title what the page is called; by its inputs where it is not given
 * @param threshold a noun is valid that occurs more often than this
 * @param samples rows for people to look at, 0 or more
 * @param seed which rows these are
 * @param maxBytes the most bytes of an image file that is read for the sample
 * @param clock tells when the report was made, and how long that took
 */
public record ReportOptions(
    List<NamedInput> inputs,
    List<String> columns,
    String output,
    Optional<String> title,
    long threshold,
    int samples,
    long seed,
    long maxBytes,
    Clock clock) {
  /** Rows for people to look at, unless others are asked for. */
  public static final int USUAL_SAMPLES = 24;

  /** Takes copies. */
  public ReportOptions {
    inputs = List.copyOf(inputs);
    columns = List.copyOf(columns);
  }

  /** The defaults of the command line. */
  public static ReportOptions of(List<NamedInput> inputs, String output) {
    return new ReportOptions(
        inputs,
        List.of(),
        output,
        Optional.empty(),
        NounDensity.USUAL_THRESHOLD,
        USUAL_SAMPLES,
        0,
        64L << 20,
        Clock.systemUTC());
  }

  /** The same, but for the page's title. */
  public ReportOptions titled(String other) {
    return new ReportOptions(
        inputs, columns, output, Optional.of(other), threshold, samples, seed, maxBytes, clock);
  }
}
