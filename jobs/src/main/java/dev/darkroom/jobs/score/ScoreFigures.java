package dev.darkroom.jobs.score;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.jobs.score.ScoreSummary.Accuracy;
import dev.darkroom.jobs.score.ScoreSummary.Mean;
import dev.darkroom.jobs.score.ScoreSummary.Scores;
import dev.darkroom.jobs.score.ScoreSummary.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Counts a table of scores. */
final class ScoreFigures {
  /** What may be right, and the columns that say so end in {@value #RIGHT}. */
  private static final List<String> ATTRIBUTES =
      List.of("color", "shape", "texture", "size", "position", "relation", "count", "all");

  private static final String RIGHT = "_right";

  /** Where the counts of attributes begin in a row of counts. */
  private static final int FIRST_COUNT = 5;

  private final Dataset<Row> rows;
  private final Dataset<Row> images;
  private final List<Row> counts;

  ScoreFigures(Dataset<Row> rows) {
    this.rows = rows;
    this.images = rows.dropDuplicates("key", "judge");
    this.counts = count(images);
  }

  /** Images by judge and status. */
  Map<String, Map<String, Long>> statuses() {
    Map<String, Map<String, Long>> statuses = new TreeMap<>();
    for (Row row : counts) {
      statuses
          .computeIfAbsent(row.getAs("judge"), judge -> new TreeMap<>())
          .merge(row.getAs("status"), row.<Long>getAs("images"), Long::sum);
    }
    return statuses;
  }

  /** The benchmark's table. */
  List<Scores> scores() {
    Map<List<String>, Map<String, Mean>> byModel = new LinkedHashMap<>();
    rows.filter(col("score").isNotNull())
        .groupBy("judge", "model_id", "category")
        .agg(avg("score"), functions.count("score"))
        .orderBy(col("model_id"), col("judge").desc(), col("category"))
        .collectAsList()
        .forEach(
            row ->
                byModel
                    .computeIfAbsent(
                        List.of(row.getString(0), row.getString(1)), model -> new TreeMap<>())
                    .put(row.getString(2), new Mean(row.getDouble(3), row.getLong(4))));
    List<Scores> scores = new ArrayList<>();
    byModel.forEach((who, means) -> scores.add(new Scores(who.get(0), who.get(1), means)));
    return scores;
  }

  /** How often scenes are right, thing by thing. */
  List<Accuracy> accuracies() {
    return counts.stream()
        .filter(row -> row.getAs("kind") != null)
        .map(
            row ->
                new Accuracy(
                    row.getAs("judge"),
                    row.getAs("model_id"),
                    row.getAs("kind"),
                    row.<Long>getAs("images"),
                    shares(row, FIRST_COUNT)))
        .toList();
  }

  /** Counts of images by judge, model, status and kind; the kind is of images with a verdict. */
  private static List<Row> count(Dataset<Row> images) {
    Column kind =
        when(col("all_right").isNull(), lit(null))
            .when(col("objects").equalTo(1), "single objects")
            .when(
                col("objects").equalTo(2).and(col("relation_right").isNotNull()),
                "pairs in a relation")
            .otherwise("other scenes");
    List<Column> counts = new ArrayList<>();
    for (String attribute : ATTRIBUTES) {
      counts.add(functions.count(attribute + RIGHT));
      counts.add(sum(when(col(attribute + RIGHT), 1L).otherwise(0L)));
    }
    return images
        .groupBy(col("judge"), col("model_id"), col("status"), kind.as("kind"))
        .agg(functions.count(lit(1)).as("images"), counts.toArray(Column[]::new))
        .orderBy(col("model_id"), col("judge").desc(), col("kind").desc())
        .collectAsList();
  }

  /** How often the judges say the same of an image; empty where there is but one judge. */
  Map<String, Share> agreement() {
    Dataset<Row> one = images.filter(col("judge").equalTo("pixels")).alias("one");
    Dataset<Row> other = images.filter(col("judge").equalTo("llava")).alias("other");
    List<Column> counts = new ArrayList<>();
    for (String attribute : ATTRIBUTES) {
      Column same = col("one." + attribute + RIGHT).equalTo(col("other." + attribute + RIGHT));
      counts.add(functions.count(same));
      counts.add(sum(when(same, 1L).otherwise(0L)));
    }
    Row row =
        one.join(other, col("one.key").equalTo(col("other.key")))
            .agg(functions.count(lit(1)), counts.toArray(Column[]::new))
            .head();
    return row.getLong(0) == 0 ? Map.of() : shares(row, 1);
  }

  /** Shares by attribute, in their order; what was never asked for is left out. */
  private static Map<String, Share> shares(Row row, int first) {
    Map<String, Share> shares = new LinkedHashMap<>();
    for (int i = 0; i < ATTRIBUTES.size(); i++) {
      long of = row.getLong(first + 2 * i);
      if (of > 0) {
        shares.put(ATTRIBUTES.get(i), new Share(row.getLong(first + 2 * i + 1), of));
      }
    }
    return shares;
  }
}
