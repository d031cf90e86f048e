package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.jobs.curation.figures.CaptionFigures.Length;
import dev.darkroom.jobs.curation.figures.CaptionFigures.Readability;
import dev.darkroom.jobs.curation.figures.Duplicates;
import dev.darkroom.jobs.curation.figures.Histogram;
import dev.darkroom.jobs.curation.figures.Histogram.Bin;
import dev.darkroom.jobs.curation.figures.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Counts lengths, scores and duplicates of all sets of captions at once. What comes back is bounded
 * by the number of sets and bins.
 */
final class CaptionMeasures {
  /** Longer captions are counted as of this many words. */
  static final int MOST_WORDS = 1000;

  private static final int BIN = 500;
  private static final int LOWEST = -5000;
  private static final int HIGHEST = 12_000;
  private static final int TOP = 8;

  private final Dataset<Row> measured;

  /** Of texts that were measured, with the columns of {@link TextMeasure#SCHEMA}. */
  CaptionMeasures(Dataset<Row> measured) {
    this.measured = measured;
  }

  /** How many rows of each set are of which kind. */
  Map<Integer, Map<String, Long>> kinds() {
    Map<Integer, Map<String, Long>> kinds = new TreeMap<>();
    for (Row row : measured.groupBy("set", "kind").count().collectAsList()) {
      kinds
          .computeIfAbsent(row.getInt(0), set -> new TreeMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    return kinds;
  }

  /** How long the captions of each set are. */
  Map<Integer, Length> lengths() {
    Map<Integer, List<Bin>> bins = new TreeMap<>();
    Map<Integer, Long> words = new TreeMap<>();
    captions()
        .groupBy(col("set"), least(col("words"), lit(MOST_WORDS)).as("bin"))
        .agg(count(lit(1)), sum("words"))
        .orderBy("set", "bin")
        .collectAsList()
        .forEach(
            row -> {
              bins.computeIfAbsent(row.getInt(0), set -> new ArrayList<>())
                  .add(new Bin(row.getInt(1), row.getInt(1) + 1, row.getLong(2)));
              words.merge(row.getInt(0), row.getLong(3), Long::sum);
            });
    Map<Integer, Length> lengths = new TreeMap<>();
    bins.forEach((set, list) -> lengths.put(set, length(new Histogram(list), words.get(set))));
    return lengths;
  }

  private static Length length(Histogram words, long total) {
    return new Length(
        (double) total / words.total(),
        quantile(words, 0.05),
        quantile(words, 0.5),
        quantile(words, 0.95),
        words);
  }

  /** The least bin up to which there is a share of all values. */
  static long quantile(Histogram histogram, double share) {
    long wanted = (long) Math.ceil(share * histogram.total());
    long seen = 0;
    for (Bin bin : histogram.bins()) {
      seen += bin.count();
      if (seen >= wanted) {
        return (long) bin.from();
      }
    }
    return 0;
  }

  /** How hard the captions of each set are to read. */
  Map<Integer, Readability> readabilities() {
    Map<Integer, List<Bin>> bins = new TreeMap<>();
    Map<Integer, Long> sums = new TreeMap<>();
    Column clipped = least(greatest(col("centiscore"), lit(LOWEST)), lit(HIGHEST - 1));
    captions()
        .filter(col("centiscore").isNotNull())
        .groupBy(col("set"), org.apache.spark.sql.functions.floor(clipped.divide(BIN)).as("bin"))
        .agg(count(lit(1)), sum("centiscore"))
        .orderBy("set", "bin")
        .collectAsList()
        .forEach(
            row -> {
              long bin = row.getLong(1);
              bins.computeIfAbsent(row.getInt(0), set -> new ArrayList<>())
                  .add(new Bin(bin * BIN / 100.0, (bin + 1) * BIN / 100.0, row.getLong(2)));
              sums.merge(row.getInt(0), row.getLong(3), Long::sum);
            });
    Map<Integer, Readability> readabilities = new TreeMap<>();
    bins.forEach(
        (set, list) -> {
          Histogram scores = new Histogram(list);
          readabilities.put(
              set, new Readability(scores.total(), sums.get(set) / 100.0 / scores.total(), scores));
        });
    return readabilities;
  }

  /** How many captions of each set are the same. */
  Map<Integer, Duplicates> duplicates() {
    Dataset<Row> groups =
        captions()
            .groupBy("set", "folded")
            .agg(count(lit(1)).as("times"), min("excerpt").as("excerpt"))
            .persist();
    try {
      Map<Integer, List<Tally>> top = new TreeMap<>();
      groups
          .filter(col("times").gt(1))
          .withColumn(
              "rank",
              row_number()
                  .over(Window.partitionBy("set").orderBy(col("times").desc(), col("folded"))))
          .filter(col("rank").leq(TOP))
          .orderBy("set", "rank")
          .collectAsList()
          .forEach(
              row ->
                  top.computeIfAbsent(row.getInt(0), set -> new ArrayList<>())
                      .add(new Tally(row.getAs("excerpt"), row.getAs("times"))));
      Map<Integer, Duplicates> duplicates = new TreeMap<>();
      groups
          .groupBy("set")
          .agg(sum("times"), count(lit(1)), count(when(col("times").gt(1), 1)))
          .collectAsList()
          .forEach(
              row ->
                  duplicates.put(
                      row.getInt(0),
                      new Duplicates(
                          row.getLong(1),
                          row.getLong(2),
                          row.getLong(3),
                          top.getOrDefault(row.getInt(0), List.of()))));
      return duplicates;
    } finally {
      groups.unpersist();
    }
  }

  private Dataset<Row> captions() {
    return measured.filter(col("kind").equalTo(TextMeasure.Kind.CAPTION.name()));
  }
}
