package dev.darkroom.jobs.prune;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a dry run of {@code prune} found.
 *
 * @param images the folder of the originals
 * @param archive the table
 * @param listing where each original is listed
 * @param mayBeDeleted originals that may go
 * @param kept originals that stay, by the reason
 * @param failed of these, those that could not be read
 * @param failures one line for each of them, {@value #MOST_FAILURES} at most
 * @param seconds how long the run took
 */
public record ListSummary(
    String images,
    String archive,
    String listing,
    long mayBeDeleted,
    Map<String, Long> kept,
    long failed,
    List<String> failures,
    double seconds)
    implements Summary {
  /** How many failures are listed. */
  public static final int MOST_FAILURES = Failures.MOST_LINES;

  /** Takes copies. */
  public ListSummary {
    kept = SummaryLines.sorted(kept);
    failures = List.copyOf(failures);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("originals in " + images + ", listed in " + listing);
    lines.add("  may be deleted " + Quantity.count(mayBeDeleted));
    lines.addAll(SummaryLines.of(kept, failed, failures, seconds));
    return lines;
  }
}
