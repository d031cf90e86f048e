package dev.darkroom.jobs.nouns;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Tells an accumulator of the rows that pass, so that progress can be shown. */
final class Counted {
  private static final int STEP = 256;

  private Counted() {}

  static Dataset<Row> rows(Dataset<Row> rows, LongAccumulator passed) {
    MapPartitionsFunction<Row, Row> telling =
        partition ->
            new Iterator<>() {
              private int untold;

              @Override
              public boolean hasNext() {
                boolean more = partition.hasNext();
                if (!more || untold == STEP) {
                  passed.add(untold);
                  untold = 0;
                }
                return more;
              }

              @Override
              public Row next() {
                untold++;
                return partition.next();
              }
            };
    return rows.mapPartitions(telling, Encoders.row(rows.schema()));
  }
}
