package dev.darkroom.jobs.nouns;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.source.TextTable;
import dev.darkroom.jobs.table.DensityColumn;
import dev.darkroom.jobs.table.HistogramColumn;
import dev.darkroom.jobs.table.NounTables;
import dev.darkroom.udfs.nouns.CountNouns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts the nouns of captions, one pass over the table for all groups. What is counted stays on
 * the executors, where it is merged, and becomes rows there.
 */
public final class NounsJob {
  private static final String NO_GROUP = "(null)";

  private final NounsOptions options;

  /** A job that does what the options say. */
  public NounsJob(NounsOptions options) {
    this.options = options;
  }

  /**
   * Counts.
   *
   * @throws UserException where there is no such table or column, or no output can be made
   */
  public NounsSummary run(SparkSession spark, Console console) {
    Instant started = Instant.now();
    long begun = System.nanoTime();
    new Places(spark.sparkContext().hadoopConfiguration())
        .refuseOutputInInput(options.input(), options.output());
    TextTable table = TextTable.open(spark, "input", options.input());
    Dataset<Row> captions = captions(table);
    NounTables output = NounTables.openOrCreate(spark, options.output());
    long total = table.rows().count() * options.columns().size();
    if (total == 0) {
      throw new UserException(
          "input '" + options.input() + "' has no rows; there is nothing to count");
    }
    LongAccumulator done = spark.sparkContext().longAccumulator("captions looked at");
    Dataset<Row> censuses =
        Counted.rows(captions, done)
            .groupBy("dataset", "column")
            .agg(CountNouns.of(options.forms()).apply(col("caption")).as("census"))
            .persist(StorageLevel.DISK_ONLY());
    try {
      long common;
      try (Progress unused = console.progress("captions", "counted", total, done::value)) {
        common = common(censuses);
      }
      write(spark, censuses, output, common, Timestamp.from(started));
    } finally {
      censuses.unpersist();
    }
    return NounsSummary.of(
        options, output.density().collectAsList(), (System.nanoTime() - begun) / 1e9);
  }

  /** Rows of dataset, column and caption. */
  private Dataset<Row> captions(TextTable table) {
    Column dataset =
        options
            .groupBy()
            .map(name -> coalesce(table.column(name).cast("string"), lit(NO_GROUP)))
            .orElseGet(() -> lit(new Path(options.input()).getName()));
    List<Column> pairs =
        options.columns().stream()
            .map(name -> struct(lit(name).as("column"), table.text(name).as("caption")))
            .toList();
    return table
        .rows()
        .select(dataset.as("dataset"), explode(array(pairs.toArray(Column[]::new))).as("pair"))
        .select("dataset", "pair.column", "pair.caption");
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
