package dev.darkroom.jobs.verify;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.table.Selection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/** Decodes an archive's images and compares them with what their rows say. */
public final class VerifyJob {
  private final VerifyOptions options;

  /** A job that does what the options say. */
  public VerifyJob(VerifyOptions options) {
    this.options = options;
  }

  /**
   * Verifies. A damaged image is a line in the summary; the others are verified all the same.
   *
   * @throws dev.darkroom.jobs.UserException where the table can't be opened or no row is selected
   */
  public VerifySummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    Selection selection = Selection.of(ArchiveTable.open(spark, options.input()), options.where());
    LongAccumulator done = spark.sparkContext().longAccumulator("verified images");
    try (Progress unused = console.progress("verified", selection.images(), done::value)) {
      Dataset<Row> problems =
          spark
              .createDataFrame(
                  selection.rows().javaRDD().mapPartitions(new VerifyImages(done)),
                  VerifyImages.SCHEMA)
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return summary(selection, problems, started);
      } finally {
        problems.unpersist();
      }
    }
  }

  private VerifySummary summary(Selection selection, Dataset<Row> problems, long started) {
    Map<String, Long> failures = new TreeMap<>();
    problems
        .groupBy("error_type")
        .count()
        .collectAsList()
        .forEach(row -> failures.put(row.getString(0), row.getLong(1)));
    List<String> lines =
        problems
            .orderBy(col("source_path"))
            .limit(VerifySummary.MOST_PROBLEMS)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0) + ": " + row.getString(2))
            .toList();
    long failed = failures.values().stream().mapToLong(Long::longValue).sum();
    double seconds = (System.nanoTime() - started) / 1e9;
    return new VerifySummary(
        options.input(),
        selection.images() - failed,
        failed,
        selection.withoutPayload(),
        seconds,
        selection.images() / seconds,
        failures,
        lines);
  }
}
