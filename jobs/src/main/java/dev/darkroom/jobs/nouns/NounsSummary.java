package dev.darkroom.jobs.nouns;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What a run of {@code nouns} counted.
 *
 * @param input the input, as it was named
 * @param output the folder of the tables
 * @param rows rows of the input, for each column of captions
 * @param missing of these, rows without a caption
 * @param blank of these, captions of white space
 * @param densities a row for each group, column and form
 * @param seconds how long the run took
 * @param captionsPerSecond captions per second
 */
public record NounsSummary(
    String input,
    String output,
    long rows,
    long missing,
    long blank,
    List<Density> densities,
    double seconds,
    double captionsPerSecond)
    implements Summary {
  /**
   * A row of PixArt-alpha's table 1, with the same rarefied to the captions of the smallest group.
   *
   * @param dataset the group
   * @param captionColumn the column of the captions
   * @param form what counts as the same word
   * @param captions N
   * @param missing rows without a caption
   * @param blank captions of white space
   * @param validNouns VN
   * @param distinctNouns DN
   * @param validShare VN/DN
   * @param totalNouns nouns in all
   * @param averageNouns nouns of a caption
   * @param rarefiedCaptions captions of the smallest group
   * @param rarefiedValidShare VN/DN to be expected of so many
   */
  public record Density(
      String dataset,
      String captionColumn,
      String form,
      long captions,
      long missing,
      long blank,
      long validNouns,
      long distinctNouns,
      double validShare,
      long totalNouns,
      double averageNouns,
      long rarefiedCaptions,
      double rarefiedValidShare) {
    static Density of(Row row) {
      return new Density(
          row.getAs("dataset"),
          row.getAs("caption_column"),
          row.getAs("form"),
          row.<Long>getAs("captions"),
          row.<Long>getAs("missing"),
          row.<Long>getAs("blank"),
          row.<Long>getAs("valid_nouns"),
          row.<Long>getAs("distinct_nouns"),
          row.<Double>getAs("valid_share"),
          row.<Long>getAs("total_nouns"),
          row.<Double>getAs("average_nouns"),
          row.<Long>getAs("rarefied_captions"),
          row.<Double>getAs("rarefied_valid_share"));
    }
  }

  /** Takes a copy. */
  public NounsSummary {
    densities = List.copyOf(densities);
  }

  static NounsSummary of(NounsOptions options, List<Row> rows, double seconds) {
    List<Density> densities =
        rows.stream()
            .map(Density::of)
            .sorted(
                Comparator.comparing(Density::dataset)
                    .thenComparing(Density::captionColumn)
                    .thenComparing(Density::form))
            .toList();
    String form = densities.isEmpty() ? "" : densities.get(0).form();
    long captions = 0;
    long missing = 0;
    long blank = 0;
    for (Density each : densities) {
      if (each.form().equals(form)) {
        captions += each.captions();
        missing += each.missing();
        blank += each.blank();
      }
    }
    return new NounsSummary(
        options.input(),
        options.output(),
        captions + missing,
        missing,
        blank,
        densities,
        seconds,
        captions / seconds);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("counted " + input + " into " + output);
    lines.add("  captions   " + Quantity.count(rows - missing));
    lines.add("  missing    " + Quantity.count(missing) + " (rows without a caption)");
    lines.add("  blank      " + Quantity.count(blank));
    lines.add("");
    lines.add(
        "  %-34s %-6s %11s %11s %6s %13s %8s %14s"
            .formatted(
                "dataset / column", "form", "VN", "DN", "VN/DN", "total", "average", "VN/DN at N"));
    for (Density each : densities) {
      lines.add(
          "  %-34s %-6s %11s %11s %6s %13s %8s %14s"
              .formatted(
                  each.dataset() + " / " + each.captionColumn(),
                  each.form(),
                  Quantity.count(each.validNouns()),
                  Quantity.count(each.distinctNouns()),
                  percent(each.validShare()),
                  Quantity.count(each.totalNouns()),
                  Quantity.decimal(each.averageNouns(), 2),
                  "%s at %s"
                      .formatted(
                          percent(each.rarefiedValidShare()),
                          Quantity.count(each.rarefiedCaptions()))));
    }
    lines.add("");
    lines.add(
        "  time       %s s, %s captions/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(captionsPerSecond, 0)));
    return lines;
  }

  private static String percent(double share) {
    return Quantity.decimal(100 * share, 1) + "%";
  }
}
