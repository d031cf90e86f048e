package dev.darkroom.jobs.nouns;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.List;

/**
 * What a run of {@code nouns} with {@code --epsilon} estimated.
 *
 * @param input the input, as it was named
 * @param output the folder of the table
 * @param rows rows of the input, for each column of captions
 * @param reports of these, captions about which a report was made
 * @param groups datasets and columns that were estimated apart
 * @param items nouns of the vocabulary, and two more
 * @param epsilon the privacy that each report spent
 * @param bitsPerReport the length of the longest report
 * @param seconds how long the run took
 */
public record PrivateNounsSummary(
    String input,
    String output,
    long rows,
    long reports,
    long groups,
    long items,
    double epsilon,
    long bitsPerReport,
    double seconds)
    implements Summary {
  @Override
  public List<String> lines() {
    return List.of(
        "estimated " + input + " into " + output,
        "  captions   " + Quantity.count(reports) + " (a report of each)",
        "  missing    " + Quantity.count(rows - reports) + " (rows without a caption)",
        "  nouns      %s, of %s"
            .formatted(
                Quantity.count(items - 2),
                groups == 1 ? "1 group" : Quantity.count(groups) + " groups"),
        "  privacy    epsilon %s for each report of at most %s bits"
            .formatted(epsilon, Quantity.count(bitsPerReport)),
        "  time       %s s, %s captions/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(rows / seconds, 0)));
  }
}
