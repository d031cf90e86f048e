package dev.darkroom.jobs.verify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.table.ArchiveSnapshot;
import dev.darkroom.jobs.table.ArchivedImage;
import dev.darkroom.jobs.table.Selection;
import dev.darkroom.jobs.table.UnreadRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * Decodes an archive's images and compares them with what their rows say. As many rows must be
 * found as the table's log says, or fulfil the condition: what can't be read is a failure.
 */
public final class VerifyJob {
  /** How often a data file is read that gives too few rows, lest a store's whim counts. */
  private static final int READINGS = 3;

  private final VerifyOptions options;

  /** A job that does what the options say. */
  public VerifyJob(VerifyOptions options) {
    this.options = options;
  }

  /**
   * Verifies. A damaged image is a line in the summary, and so is a data file of the table that is
   * missing or damaged; the others are verified all the same.
   *
   * @throws dev.darkroom.jobs.UserException where the table can't be opened, no row is selected, or
   *     the outcomes would lie in the table, or replace it
   */
  public VerifySummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    options.outcomes().ifPresent(place -> new Places(hadoop).refuseOverlap(options.input(), place));
    Selection selection = Selection.of(ArchiveSnapshot.of(spark, options.input()), options.where());
    LongAccumulator done = spark.sparkContext().longAccumulator("verified files");
    List<Dataset<Row>> readings = new ArrayList<>();
    try (Progress unused = console.progress("files", "verified", selection.size(), done::value)) {
      Dataset<Row> outcomes = verified(selection.rows(), done, readings);
      Map<String, Long> read = Selection.perDataFile(outcomes);
      List<UnreadRows> unread = UnreadRows.between(selection.expected(), read, hadoop);
      for (int reading = 2; reading <= READINGS; reading++) {
        List<String> again =
            unread.stream().filter(rows -> !rows.missing()).map(UnreadRows::dataFile).toList();
        if (again.isEmpty()) {
          break;
        }
        Dataset<Row> anew = verified(selection.rows(again), done, readings);
        outcomes =
            outcomes
                .filter(not(col(ArchiveSnapshot.DATA_FILE).isin(again.toArray())))
                .unionByName(anew);
        read = new HashMap<>(read);
        read.keySet().removeAll(again);
        read.putAll(Selection.perDataFile(anew));
        unread = UnreadRows.between(selection.expected(), read, hadoop);
      }
      keep(outcomes);
      return summary(outcomes, unread, started);
    } finally {
      readings.forEach(Dataset::unpersist);
    }
  }

  private static Dataset<Row> verified(
      Dataset<Row> rows, LongAccumulator done, List<Dataset<Row>> readings) {
    Dataset<Row> outcomes =
        rows.mapPartitions(new VerifyImages(done), Encoders.row(VerifyImages.SCHEMA))
            .persist(StorageLevel.MEMORY_AND_DISK());
    readings.add(outcomes);
    return outcomes;
  }

  private void keep(Dataset<Row> outcomes) {
    options
        .outcomes()
        .ifPresent(
            place ->
                outcomes
                    .drop(ArchiveSnapshot.DATA_FILE)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .parquet(place));
  }

  private VerifySummary summary(Dataset<Row> outcomes, List<UnreadRows> unread, long started) {
    Map<String, Long> kinds = new HashMap<>();
    Map<String, Long> failures = new TreeMap<>();
    outcomes
        .groupBy(ArchivedImage.Kind.COLUMN, "error_type")
        .count()
        .collectAsList()
        .forEach(
            row -> {
              if (row.isNullAt(0)) {
                failures.put(row.getString(1), row.getLong(2));
              } else {
                kinds.put(row.getString(0), row.getLong(2));
              }
            });
    unread.forEach(rows -> failures.merge(rows.type(), rows.rows(), Long::sum));
    List<String> lines = new ArrayList<>();
    unread.stream().limit(VerifySummary.MOST_PROBLEMS).forEach(rows -> lines.add(rows.line()));
    outcomes
        .filter(col("error_type").isNotNull())
        .orderBy(col("source_path"), col("file_sha256"))
        .limit(VerifySummary.MOST_PROBLEMS - lines.size())
        .collectAsList()
        .forEach(row -> lines.add(row.getAs("source_path") + ": " + row.getAs("error_message")));
    long files = kinds.getOrDefault(ArchivedImage.Kind.FILE.id(), 0L);
    long pixels = kinds.getOrDefault(ArchivedImage.Kind.PIXELS.id(), 0L);
    long failed = failures.values().stream().mapToLong(Long::longValue).sum();
    double seconds = (System.nanoTime() - started) / 1e9;
    return new VerifySummary(
        options.input(),
        files + pixels,
        files,
        pixels,
        failed,
        kinds.getOrDefault(ArchivedImage.Kind.NOTHING.id(), 0L),
        seconds,
        (files + pixels + failed) / seconds,
        failures,
        lines);
  }
}
