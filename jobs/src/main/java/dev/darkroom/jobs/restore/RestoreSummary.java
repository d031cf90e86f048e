package dev.darkroom.jobs.restore;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of {@code restore} did.
 *
 * @param input the table
 * @param output the folder
 * @param selected images that were to be restored
 * @param superseded older versions of selected paths, left out
 * @param restored files written
 * @param alreadyThere files that were there with the same content
 * @param failed images that could not be restored
 * @param bytesOut bytes written
 * @param seconds how long the run took
 * @param imagesPerSecond selected images per second
 * @param problems one line for each failed image, {@value #MOST_PROBLEMS} at most
 */
public record RestoreSummary(
    String input,
    String output,
    long selected,
    long superseded,
    long restored,
    long alreadyThere,
    long failed,
    long bytesOut,
    double seconds,
    double imagesPerSecond,
    List<String> problems)
    implements Summary {
  /** How many problems are listed. */
  public static final int MOST_PROBLEMS = 1000;

  /** Takes a copy of the list. */
  public RestoreSummary {
    problems = List.copyOf(problems);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("restored " + input + " into " + output);
    lines.add("  selected   " + Quantity.count(selected));
    lines.add("  restored   " + Quantity.count(restored) + ", " + Quantity.bytes(bytesOut));
    lines.add("  unchanged  " + Quantity.count(alreadyThere) + " (there with the same content)");
    if (superseded > 0) {
      lines.add(
          "  superseded " + Quantity.count(superseded) + " (older versions of the same paths)");
    }
    lines.add("  failed     " + Quantity.count(failed));
    problems.forEach(problem -> lines.add("    " + problem));
    if (failed > problems.size()) {
      lines.add("    and " + Quantity.count(failed - problems.size()) + " more");
    }
    lines.add(
        "  time       %s s, %s images/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(imagesPerSecond, 1)));
    return lines;
  }
}
