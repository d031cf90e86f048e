package dev.darkroom.jobs.recaption;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What tasks count while they run.
 *
 * @param rows rows that were made
 * @param skipped images about which nothing was left to ask
 * @param seen images that were looked at
 * @param tokens tokens that were generated
 */
record Meters(
    LongAccumulator rows, LongAccumulator skipped, LongAccumulator seen, LongAccumulator tokens)
    implements Serializable {
  static Meters in(SparkContext context) {
    return new Meters(
        context.longAccumulator("captions"),
        context.longAccumulator("skipped images"),
        context.longAccumulator("images"),
        context.longAccumulator("tokens"));
  }
}
