package dev.darkroom.jobs.prune;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run of {@code prune --delete} did.
 *
 * @param images the folder of the originals
 * @param archive the table
 * @param listing where the originals were listed
 * @param deleted originals that are gone
 * @param kept originals that were listed to go, and stay after all, by the reason
 * @param failed originals that could not be deleted, and those of {@code kept} that could not be
 *     read
 * @param failures one line for each of them, {@value #MOST_FAILURES} at most
 * @param seconds how long the run took
 */
public record DeleteSummary(
    String images,
    String archive,
    String listing,
    long deleted,
    Map<String, Long> kept,
    long failed,
    List<String> failures,
    double seconds)
    implements Summary {
  /** How many failures are listed. */
  public static final int MOST_FAILURES = Failures.MOST_LINES;

  /** Takes copies. */
  public DeleteSummary {
    kept = SummaryLines.sorted(kept);
    failures = List.copyOf(failures);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("originals in " + images + ", as listed in " + listing);
    lines.add("  deleted        " + Quantity.count(deleted));
    lines.addAll(SummaryLines.of(kept, failed, failures, seconds));
    return lines;
  }
}
