package dev.darkroom.jobs.verify;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of {@code verify} found.
 *
 * @param input the table
 * @param verified images that are what their rows say
 * @param verifiedAsFiles of these, images whose files come back byte for byte
 * @param verifiedAsPixels of these, images whose pixels come back
 * @param failed images that are not what their rows say, can't be decoded, or can't be read from
 *     the table
 * @param withoutPayload rows that failed to be archived and have nothing to verify
 * @param seconds how long the run took
 * @param imagesPerSecond verified and failed images per second
 * @param failures failed images by type of error
 * @param problems one line for each failed image, and for each data file that could not be read,
 *     {@value #MOST_PROBLEMS} at most
 */
public record VerifySummary(
    String input,
    long verified,
    long verifiedAsFiles,
    long verifiedAsPixels,
    long failed,
    long withoutPayload,
    double seconds,
    double imagesPerSecond,
    Map<String, Long> failures,
    List<String> problems)
    implements Summary {
  /** How many problems are listed. */
  public static final int MOST_PROBLEMS = 1000;

  /** Takes copies. */
  public VerifySummary {
    failures = java.util.Collections.unmodifiableMap(new TreeMap<>(failures));
    problems = List.copyOf(problems);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("verified " + input);
    lines.add("  verified   " + Quantity.count(verified));
    lines.add("    as files:  " + Quantity.count(verifiedAsFiles) + " (byte for byte)");
    lines.add("    as pixels: " + Quantity.count(verifiedAsPixels));
    if (withoutPayload > 0) {
      lines.add("  no payload " + Quantity.count(withoutPayload) + " (failed to be archived)");
    }
    lines.add("  failed     " + Quantity.count(failed));
    failures.forEach((type, count) -> lines.add("    " + type + ": " + Quantity.count(count)));
    problems.forEach(problem -> lines.add("    " + problem));
    if (problems.size() == MOST_PROBLEMS) {
      lines.add("    and perhaps more; these are the first " + Quantity.count(MOST_PROBLEMS));
    }
    lines.add(
        "  time       %s s, %s files/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(imagesPerSecond, 1)));
    return lines;
  }
}
