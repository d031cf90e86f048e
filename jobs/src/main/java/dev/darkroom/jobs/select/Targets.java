package dev.darkroom.jobs.select;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.source.TextTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The texts to align with.
 *
 * @param texts those that are used, in the order in which they were drawn
 * @param there how many different ones there were
 */
record Targets(List<String> texts, long there) {
  private static final String TEXT = "text";

  /**
   * Reads a target: what is at a place is a text file with a target a line, or a table; anything
   * else is a text. Texts that are blank don't count, and those that are there twice count once.
   * Where there are too many, those are taken whose SHA-256 with the seed is the least.
   *
   * @throws UserException where a place can't be read, or there is no text
   */
  static Targets read(SparkSession spark, SelectOptions options) {
    String target = options.target();
    if (!isPlace(spark, target)) {
      return new Targets(List.of(target), 1);
    }
    Dataset<Row> different =
        texts(spark, target, options.targetColumn())
            .filter(col(TEXT).isNotNull().and(col(TEXT).rlike("\\S")))
            .distinct();
    Column drawn = sha2(concat(lit(options.seed() + "\n"), col(TEXT)), 256);
    List<String> texts =
        different
            .orderBy(drawn, col(TEXT))
            .limit(options.targets())
            .as(Encoders.STRING())
            .collectAsList();
    if (texts.isEmpty()) {
      throw new UserException(
          "target '%s' holds no text; name another place, or write the text itself"
              .formatted(target));
    }
    return new Targets(List.copyOf(texts), different.count());
  }

  private static Dataset<Row> texts(SparkSession spark, String target, String column) {
    if (target.toLowerCase(Locale.ROOT).endsWith(".txt")) {
      return spark.read().text(target).select(col("value").as(TEXT));
    }
    TextTable table = TextTable.open(spark, "target", target);
    return table.rows().select(table.text(column).as(TEXT));
  }

  private static boolean isPlace(SparkSession spark, String target) {
    boolean there;
    try {
      Path path = new Path(target);
      FileSystem fs = path.getFileSystem(spark.sessionState().newHadoopConf());
      FileStatus[] found = fs.globStatus(path);
      there = found != null && found.length > 0;
    } catch (IOException | IllegalArgumentException e) {
      there = false;
    }
    if (!there && target.matches("\\S*(/\\S*|\\.(txt|parquet|json|jsonl|ndjson|csv))")) {
      throw new UserException(
          "target '%s' looks like a path, and nothing is there; check it, or write a text of several words"
              .formatted(target));
    }
    return there;
  }
}
