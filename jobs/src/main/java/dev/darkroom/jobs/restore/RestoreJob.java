package dev.darkroom.jobs.restore;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.table.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Writes an archive's images back as files. */
public final class RestoreJob {
  private final RestoreOptions options;

  /** A job that does what the options say. */
  public RestoreJob(RestoreOptions options) {
    this.options = options;
  }

  /**
   * Restores. One image that can't be is a line in the summary; the others are not held up.
   *
   * @throws UserException where the table or the folder can't be opened, or no row is selected
   */
  public RestoreSummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    ArchiveTable table = ArchiveTable.open(spark, options.input());
    openTarget(spark.sparkContext().hadoopConfiguration());
    Selection selection = Selection.of(table, options.where());
    Dataset<Row> newest = newest(selection.rows());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    LongAccumulator done = spark.sparkContext().longAccumulator("restored images");
    try (Progress unused = console.progress("restored", selection.images(), done::value)) {
      Dataset<Row> outcomes =
          spark
              .createDataFrame(
                  newest
                      .javaRDD()
                      .mapPartitions(
                          new RestoreImages(options.output(), options.overwrite(), hadoop, done)),
                  RestoreImages.SCHEMA)
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return summary(selection, outcomes, started);
      } finally {
        outcomes.unpersist();
      }
    }
  }

  private void openTarget(Configuration hadoop) {
    try {
      TargetFolder.open(options.output(), hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "output '%s' can't be made a folder: %s".formatted(options.output(), e.getMessage()), e);
    }
  }

  /**
   * Of each path the newest row, with a mark on rows whose file another row takes already. Decided
   * on the small columns alone; payloads only meet the decision.
   */
  private static Dataset<Row> newest(Dataset<Row> rows) {
    rows.sparkSession()
        .udf()
        .register(
            "darkroom_target_name",
            new TargetNameOfRow(),
            org.apache.spark.sql.types.DataTypes.StringType);
    Dataset<Row> decided =
        rows.select(
                col("source_path").as("key_path"),
                col("file_sha256").as("key_hash"),
                col("archived_at").as("key_time"),
                callUDF("darkroom_target_name", col("relative_path"), col("codec"), col("fidelity"))
                    .as("target"))
            .withColumn(
                "age",
                row_number()
                    .over(
                        Window.partitionBy("key_path")
                            .orderBy(col("key_time").desc(), col("key_hash"))))
            .filter("age = 1")
            .withColumn("turn", row_number().over(Window.partitionBy("target").orderBy("key_path")))
            .drop("age", "key_time");
    return rows.join(
            decided,
            rows.col("source_path")
                .equalTo(decided.col("key_path"))
                .and(rows.col("file_sha256").eqNullSafe(decided.col("key_hash"))))
        .select(
            java.util.stream.Stream.concat(
                    ArchiveColumn.ids().stream().map(rows::col),
                    java.util.stream.Stream.of(decided.col("target"), decided.col("turn")))
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  private RestoreSummary summary(Selection selection, Dataset<Row> outcomes, long started) {
    long written = 0;
    long same = 0;
    long failed = 0;
    long bytes = 0;
    for (Row row :
        outcomes
            .groupBy("outcome")
            .agg(
                org.apache.spark.sql.functions.count("*"),
                org.apache.spark.sql.functions.sum("bytes"))
            .collectAsList()) {
      switch (row.getString(0)) {
        case RestoreImages.WRITTEN -> {
          written = row.getLong(1);
          bytes = row.getLong(2);
        }
        case RestoreImages.SAME -> same = row.getLong(1);
        default -> failed = row.getLong(1);
      }
    }
    List<String> problems = new ArrayList<>();
    outcomes
        .filter(col("outcome").equalTo(RestoreImages.FAILED))
        .orderBy("source_path")
        .limit(RestoreSummary.MOST_PROBLEMS)
        .collectAsList()
        .forEach(row -> problems.add(row.getString(0) + ": " + row.getString(2)));
    long handled = written + same + failed;
    double seconds = (System.nanoTime() - started) / 1e9;
    return new RestoreSummary(
        options.input(),
        options.output(),
        handled,
        selection.images() - handled,
        written,
        same,
        failed,
        bytes,
        seconds,
        handled / seconds,
        problems);
  }
}
