package dev.darkroom.jobs.select;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.List;

/**
 * What a run of {@code select} did.
 *
 * @param output the table
 * @param rows rows of the input
 * @param withoutText those whose text is NULL or blank, which are never kept
 * @param kept rows of the output
 * @param targets how many target texts were used
 * @param targetsThere how many different ones there were
 * @param seed which of them were drawn
 * @param bestAlignment the greatest alignment
 * @param leastAlignment the least one that was kept
 * @param meanAlignment the mean of all rows with text
 * @param seconds how long the run took
 * @param rowsPerSecond rows per second
 */
public record SelectSummary(
    String output,
    long rows,
    long withoutText,
    long kept,
    int targets,
    long targetsThere,
    long seed,
    double bestAlignment,
    double leastAlignment,
    double meanAlignment,
    double seconds,
    double rowsPerSecond)
    implements Summary {
  @Override
  public List<String> lines() {
    String drawn = targets < targetsThere ? ", drawn with seed %d".formatted(seed) : "";
    return List.of(
        "wrote " + output,
        "  kept       %s of %s rows (%s); %s without text"
            .formatted(
                Quantity.count(kept),
                Quantity.count(rows),
                Quantity.share(kept, rows),
                Quantity.count(withoutText)),
        "  targets    %s of %s%s"
            .formatted(Quantity.count(targets), Quantity.count(targetsThere), drawn),
        "  alignment  %s to %s kept; %s on average before"
            .formatted(
                Quantity.decimal(leastAlignment, 4),
                Quantity.decimal(bestAlignment, 4),
                Quantity.decimal(meanAlignment, 4)),
        "  time       %s s, %s rows/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(rowsPerSecond, 0)));
  }
}
