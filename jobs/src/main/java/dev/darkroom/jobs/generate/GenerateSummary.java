package dev.darkroom.jobs.generate;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of {@code generate} did.
 *
 * @param prompts the input, as it was named
 * @param output the table
 * @param model the model's name
 * @param modelSha256 its hash
 * @param images images that were asked for: prompts times seeds and other lists
 * @param skipped of these, images that the table had
 * @param drawn images drawn now
 * @param failed rows that got an error
 * @param truncated images whose prompt was longer than the model reads
 * @param sheets contact sheets written
 * @param seconds how long the run took
 * @param imagesPerSecond images drawn per second
 * @param devices rows by what the model ran on
 * @param failures failed rows by type of error
 */
public record GenerateSummary(
    String prompts,
    String output,
    String model,
    String modelSha256,
    long images,
    long skipped,
    long drawn,
    long failed,
    long truncated,
    long sheets,
    double seconds,
    double imagesPerSecond,
    Map<String, Long> devices,
    Map<String, Long> failures)
    implements Summary {
  /** Sorts and copies the maps. */
  public GenerateSummary {
    devices = Collections.unmodifiableMap(new TreeMap<>(devices));
    failures = Collections.unmodifiableMap(new TreeMap<>(failures));
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("generated from " + prompts + " into " + output);
    lines.add("  model      " + model);
    lines.add("  images     " + Quantity.count(images));
    lines.add("  skipped    " + Quantity.count(skipped) + " (already in the table)");
    lines.add("  drawn      " + Quantity.count(drawn));
    if (truncated > 0) {
      lines.add(
          "  truncated  "
              + Quantity.count(truncated)
              + " (their prompts are longer than the model reads)");
    }
    lines.add("  failed     " + Quantity.count(failed));
    failures.forEach((type, rows) -> lines.add("    " + type + ": " + Quantity.count(rows)));
    devices.forEach(
        (device, rows) -> lines.add("  on         " + device + ": " + Quantity.count(rows)));
    if (sheets > 0) {
      lines.add("  sheets     " + Quantity.count(sheets));
    }
    lines.add(
        "  time       %s s, %s images/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(imagesPerSecond, 1)));
    return lines;
  }
}
