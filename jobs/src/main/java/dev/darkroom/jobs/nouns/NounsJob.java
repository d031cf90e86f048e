package dev.darkroom.jobs.nouns;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.table.DensityColumn;
import dev.darkroom.jobs.table.HistogramColumn;
import dev.darkroom.jobs.table.NounTables;
import dev.darkroom.udfs.nouns.CountNouns;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Counts the nouns of captions, one pass over the table for all groups. What is counted stays on
 * the executors, where it is merged, and becomes rows there.
 */
public final class NounsJob {
  private final NounsOptions options;

  /** A job that does what the options say. */
  public NounsJob(NounsOptions options) {
    this.options = options;
  }

  /**
   * Counts.
   *
   * @throws dev.darkroom.jobs.UserException where there is no such table or column, or no output
   *     can be made
   */
  public NounsSummary run(SparkSession spark, Console console) {
    Instant started = Instant.now();
    long begun = System.nanoTime();
    new Places(spark.sparkContext().hadoopConfiguration())
        .refuseOutputInInput(options.input(), options.output());
    Captions captions = Captions.of(spark, options);
    NounTables output = NounTables.openOrCreate(spark, options.output());
    Dataset<Row> censuses =
        captions
            .rows()
            .groupBy("dataset", "column")
            .agg(CountNouns.of(options.forms()).apply(col("caption")).as("census"))
            .persist(StorageLevel.DISK_ONLY());
    try {
      long common;
      try (Progress unused = captions.progress(console)) {
        common = common(censuses);
      }
      write(spark, censuses, output, common, Timestamp.from(started));
    } finally {
      censuses.unpersist();
    }
    return NounsSummary.of(
        options, output.density().collectAsList(), (System.nanoTime() - begun) / 1e9);
  }

  /** Captions of the smallest group, and with that counts them all. */
  private static long common(Dataset<Row> censuses) {
    MapFunction<Row, Long> captions = row -> CensusRow.of(row).census().captions();
    Row least =
        censuses.map(captions, Encoders.LONG()).filter("value > 0").agg(min("value")).head();
    return least.isNullAt(0) ? 0 : least.getLong(0);
  }

  private void write(
      SparkSession spark,
      Dataset<Row> censuses,
      NounTables output,
      long common,
      Timestamp countedAt) {
    long threshold = options.threshold();
    JavaRDD<Row> densities =
        censuses
            .javaRDD()
            .flatMap(row -> CensusRow.of(row).densities(threshold, common, countedAt).iterator());
    JavaRDD<Row> histogram = censuses.javaRDD().flatMap(row -> CensusRow.of(row).histogram());
    output.replace(
        spark
            .createDataFrame(densities, DensityColumn.schema())
            .orderBy("dataset", "caption_column", "form"),
        spark.createDataFrame(histogram, HistogramColumn.schema()));
  }
}
