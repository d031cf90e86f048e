package dev.darkroom.jobs.table;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Settings of a session under which rows of up to hundreds of megabytes are written and read within
 * the heap. Settings that the session has already stand.
 *
 * <p>Parquet's writer looks at how much it holds only after a hundred rows, and then after as many
 * as fitted before: a hundred payloads of 50 MB are 5 GB. Here it looks after each row, and ends a
 * row group at 32 MiB, so that a row group holds no more than that and one row.
 *
 * <p>A payload is like no other, and nobody asks for those between two: a dictionary of payloads
 * and their least and greatest would be three more copies of each.
 *
 * <p>Spark's reader makes arrays of up to 4,096 rows, which must not pass 2 GiB; tables of others,
 * and those that were compacted, may have all these rows in one row group.
 */
final class LargeRows {
  /** The setting of how many rows a reader has in a batch. */
  static final String BATCH = "spark.sql.parquet.columnarReaderBatchSize";

  /** Its value where rows have payloads. */
  static final int BATCH_ROWS = 8;

  private static final Map<String, String> EVERY_TABLE =
      Map.of(
          "parquet.block.size", Integer.toString(32 << 20),
          "parquet.page.size.row.check.min", "1",
          "parquet.page.size.row.check.max", "1",
          // Paths under one long root differ late; statistics that end before are of no use.
          "spark.databricks.io.skipping.stringPrefixLength", "512");

  private LargeRows() {}

  /**
   * Makes the settings, where there are no others.
   *
   * @param schema of the table; batches are small where it has payloads
   */
  static void configure(SparkSession spark, StructType schema) {
    EVERY_TABLE.forEach((key, value) -> setIfMissing(spark, key, value));
    Arrays.stream(schema.fields())
        .filter(field -> field.dataType() instanceof BinaryType)
        .map(StructField::name)
        .forEach(
            payload -> {
              setIfMissing(spark, "parquet.enable.dictionary#" + payload, "false");
              setIfMissing(spark, "parquet.column.statistics.enabled#" + payload, "false");
              setIfMissing(spark, BATCH, Integer.toString(BATCH_ROWS));
            });
  }

  /** A setting that Spark knows has a value in any case; what counts is whether someone gave it. */
  private static void setIfMissing(SparkSession spark, String key, String value) {
    if (!spark.sessionState().conf().contains(key)
        && !spark.sparkContext().conf().contains("spark.hadoop." + key)) {
      spark.conf().set(key, value);
    }
  }
}
