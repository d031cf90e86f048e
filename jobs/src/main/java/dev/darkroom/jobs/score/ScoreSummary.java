package dev.darkroom.jobs.score;

import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.jobs.report.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a run of {@code score} found.
 *
 * @param input the input, as it was named
 * @param output the table of scores
 * @param images images of the input
 * @param kept scores of an earlier run, of images of which the judge failed this time
 * @param statuses images by judge and status
 * @param scores T2I-CompBench's table: a row for each judge and model
 * @param accuracies how often what was asked for is right, of scene prompts
 * @param agreement how often two judges say the same; empty where there was one
 * @param seconds how long the run took
 * @param imagesPerSecond images a second, all judges together
 */
public record ScoreSummary(
    String input,
    String output,
    long images,
    long kept,
    Map<String, Map<String, Long>> statuses,
    List<Scores> scores,
    List<Accuracy> accuracies,
    Map<String, Share> agreement,
    double seconds,
    double imagesPerSecond)
    implements Summary {
  /**
   * A row of the benchmark's table.
   *
   * @param judge who looked
   * @param model who drew; may be empty
   * @param categories by category, the mean over images
   */
  public record Scores(String judge, String model, Map<String, Mean> categories) {}

  /**
   * A mean score.
   *
   * @param score 0 to 1
   * @param images of so many
   */
  public record Mean(double score, long images) {}

  /**
   * How often what was asked for is right.
   *
   * @param judge who looked
   * @param model who drew; may be empty
   * @param kind single objects, pairs in a relation, or all scenes
   * @param images how many there are of this kind
   * @param right by what was asked for
   */
  public record Accuracy(
      String judge, String model, String kind, long images, Map<String, Share> right) {}

  /**
   * A part of a whole.
   *
   * @param part how many
   * @param of of how many
   */
  public record Share(long part, long of) {}

  /** Copies. */
  public ScoreSummary {
    statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
    scores = List.copyOf(scores);
    accuracies = List.copyOf(accuracies);
    agreement = Collections.unmodifiableMap(new LinkedHashMap<>(agreement));
  }

  static ScoreSummary of(
      ScoreOptions options, long images, long kept, Dataset<Row> rows, double seconds) {
    ScoreFigures figures = new ScoreFigures(rows);
    return new ScoreSummary(
        options.input(),
        options.output(),
        images,
        kept,
        figures.statuses(),
        figures.scores(),
        figures.accuracies(),
        options.judges().size() > 1 ? figures.agreement() : Map.of(),
        seconds,
        images / seconds);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("scored " + input + " into " + output);
    lines.add("  images     " + Quantity.count(images));
    statuses.forEach(
        (judge, counts) ->
            counts.forEach(
                (status, count) ->
                    lines.add("  %-10s %s: %s".formatted(judge, status, Quantity.count(count)))));
    if (kept > 0) {
      lines.add(
          "  kept       %s scores of an earlier run, where the judge failed this time"
              .formatted(Quantity.count(kept)));
    }
    lines.add("");
    table(lines);
    if (!accuracies.isEmpty()) {
      lines.add("");
      accuracies.forEach(accuracy -> lines.add("  " + line(accuracy)));
    }
    if (!agreement.isEmpty()) {
      lines.add("");
      lines.add("  judges agree on " + shares(agreement));
    }
    lines.add("");
    lines.add(
        "  time       %s s, %s images/s"
            .formatted(Quantity.decimal(seconds, 1), Quantity.decimal(imagesPerSecond, 1)));
    return lines;
  }

  private void table(List<String> lines) {
    List<Category> shown =
        Arrays.stream(Category.values())
            .filter(
                category ->
                    category.compareTo(Category.COMPLEX) <= 0
                        || scores.stream()
                            .anyMatch(row -> row.categories().containsKey(category.id())))
            .toList();
    int width = Math.max(6, scores.stream().mapToInt(row -> row.model().length()).max().orElse(0));
    StringBuilder head = new StringBuilder("  %-7s ".formatted("Judge"));
    head.append(String.format(Locale.ROOT, "%-" + width + "s", "Model"));
    shown.forEach(category -> head.append("  %11s".formatted(category.title())));
    lines.add(head.toString());
    for (Scores row : scores) {
      StringBuilder line = new StringBuilder("  %-7s ".formatted(row.judge()));
      line.append(String.format(Locale.ROOT, "%-" + width + "s", row.model()));
      for (Category category : shown) {
        Mean mean = row.categories().get(category.id());
        line.append("  %11s".formatted(mean == null ? "-" : Quantity.decimal(mean.score(), 4)));
      }
      lines.add(line.toString());
    }
  }

  private static String line(Accuracy accuracy) {
    return "%s%s, %s %s: %s right"
        .formatted(
            accuracy.judge(),
            accuracy.model().isEmpty() ? "" : " of " + accuracy.model(),
            Quantity.count(accuracy.images()),
            accuracy.kind(),
            shares(accuracy.right()));
  }

  private static String shares(Map<String, Share> shares) {
    List<String> parts = new ArrayList<>();
    shares.forEach(
        (what, share) -> parts.add(what + " " + Quantity.share(share.part(), share.of())));
    return String.join(", ", parts);
  }
}
