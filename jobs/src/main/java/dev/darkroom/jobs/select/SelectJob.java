package dev.darkroom.jobs.select;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.source.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Keeps the rows of a table whose texts are aligned best with a target.
 *
 * <p>Each text is scored once, and what comes of it is kept by Spark, on disks where memory doesn't
 * do. Which rows are best depends on the rows alone: those of the greatest alignment; of equal ones
 * those whose text has the least SHA-256; of equal texts those whose row, as JSON, has the least
 * SHA-256. Rows that are the same in everything may stand for each other.
 */
public final class SelectJob {
  private static final String TEXT = "__darkroom_text";
  private static final String CONTENT = "__darkroom_row_sha256";

  /** Scoring takes long, so that a table that comes in few parts is worth cutting. */
  private static final int PARTS_PER_CORE = 4;

  private final SelectOptions options;

  /** A job that does what the options say. */
  public SelectJob(SelectOptions options) {
    this.options = options;
  }

  /**
   * Writes the table.
   *
   * @throws UserException where input or target can't be read, or the output can't be written
   */
  public SelectSummary run(SparkSession spark) {
    long started = System.nanoTime();
    Destination destination = new Destination(spark, options);
    destination.check();
    TextTable input = TextTable.open(spark, "input", options.input());
    Column text = input.text(options.column());
    StructType table = input.rows().schema();
    checkColumns(table);
    StructType scoredSchema = ScoreTexts.schema(table, options.scoreColumn());
    destination.checkColumns(scoredSchema);
    Targets targets = Targets.read(spark, options);
    Broadcast<List<String>> broadcast =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(targets.texts());
    Dataset<Row> scored =
        cut(input.rows().withColumn(TEXT, text))
            .mapPartitions(new ScoreTexts(broadcast), Encoders.row(scoredSchema))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      Column score = scored.col(quoted(options.scoreColumn()));
      Row all = scored.agg(count(lit(1)), count(score), max(score), avg(score)).head();
      long candidates = all.getLong(1);
      if (candidates == 0) {
        throw new UserException(
            "column '%s' of input '%s' holds no text in any of %d rows; name another column"
                .formatted(options.column(), options.input(), all.getLong(0)));
      }
      long kept = options.keep().of(candidates);
      double least = scoreOfRank(scored, score, kept);
      destination.write(best(spark, scored, score, least, kept, table));
      double seconds = (System.nanoTime() - started) / 1e9;
      return new SelectSummary(
          options.output(),
          all.getLong(0),
          all.getLong(0) - candidates,
          kept,
          targets.texts().size(),
          targets.there(),
          options.seed(),
          all.getDouble(2),
          least,
          all.getDouble(3),
          seconds,
          all.getLong(0) / seconds);
    } finally {
      scored.unpersist();
      broadcast.destroy();
    }
  }

  private void checkColumns(StructType table) {
    // Spark and Delta take names for the same that differ in case alone.
    String score = options.scoreColumn().toLowerCase(Locale.ROOT);
    if (Arrays.stream(table.fieldNames()).anyMatch(n -> n.toLowerCase(Locale.ROOT).equals(score))) {
      throw new UserException(
          "input '%s' has a column '%s' already; name another one for the alignment with --score-column"
              .formatted(options.input(), options.scoreColumn()));
    }
  }

  private static Dataset<Row> cut(Dataset<Row> rows) {
    int wanted = PARTS_PER_CORE * rows.sparkSession().sparkContext().defaultParallelism();
    return rows.javaRDD().getNumPartitions() < wanted ? rows.repartition(wanted) : rows;
  }

  /** The alignment of the row that is at a rank, the best being at 1. */
  private static double scoreOfRank(Dataset<Row> scored, Column score, long rank) {
    return scored
        .select(score.as("score"))
        .filter(col("score").isNotNull())
        .orderBy(col("score").desc())
        .as(Encoders.DOUBLE())
        .javaRDD()
        .zipWithIndex()
        .filter(ranked -> ranked._2() == rank - 1)
        .first()
        ._1();
  }

  /** The best rows, best first. Only those that may be among them are sorted. */
  private Dataset<Row> best(
      SparkSession spark,
      Dataset<Row> scored,
      Column score,
      double least,
      long kept,
      StructType table) {
    Column[] columns =
        Arrays.stream(table.fieldNames())
            .map(name -> scored.col(quoted(name)))
            .toArray(Column[]::new);
    StructType schema = table.add(scored.schema().apply(options.scoreColumn()));
    return spark.createDataFrame(
        scored
            .filter(score.geq(least))
            .withColumn(CONTENT, sha2(to_json(struct(columns)), 256))
            .orderBy(score.desc(), col(ScoreTexts.DIGEST), col(CONTENT))
            .drop(ScoreTexts.DIGEST, CONTENT)
            .javaRDD()
            .zipWithIndex()
            .filter(ranked -> ranked._2() < kept)
            .map(Tuple2::_1),
        schema);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
