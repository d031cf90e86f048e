package dev.darkroom.jobs.table;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Settings of a session under which rows of tens of megabytes are written and read within the heap.
 *
 * <p>Parquet's writer looks at how much it holds only after a hundred rows, and then after as many
 * as fitted before: a hundred payloads of 50 MB are 5 GB. Here it looks after every few rows, and
 * ends a row group at 32 MiB. A reader holds one row group's column at a time, so it needs no more
 * either. Settings that the session has already stand.
 */
final class LargeRows {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "parquet.block.size", Integer.toString(32 << 20),
          "parquet.page.size.row.check.min", "1",
          "parquet.page.size.row.check.max", "8",
          // Paths under one long root differ late; statistics that end before are of no use.
          "spark.databricks.io.skipping.stringPrefixLength", "512");

  private LargeRows() {}

  /** Makes the settings, where there are no others. */
  static void configure(SparkSession spark) {
    SETTINGS.forEach(
        (key, value) -> {
          if (spark.conf().getOption(key).isEmpty()
              && !spark.sparkContext().conf().contains("spark.hadoop." + key)) {
            spark.conf().set(key, value);
          }
        });
  }
}
