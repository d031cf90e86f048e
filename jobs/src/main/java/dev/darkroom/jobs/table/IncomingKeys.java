package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Which rows come into an archive: their small columns alone, so that payloads are not moved to
 * find out what is to be done with them.
 *
 * @param keys path, hash, action, status and fidelity of the rows, each path and hash once
 * @param inRange rows of the table, called t, between the least and the greatest path
 * @param rows how many rows come in, each path and hash once
 * @param added how many of them are not merely to be touched
 * @param duplicates how many more there are
 */
record IncomingKeys(Dataset<Row> keys, Column inRange, long rows, long added, long duplicates)
    implements AutoCloseable {

  static IncomingKeys of(Dataset<Row> incoming) {
    Dataset<Row> keys =
        incoming
            .select("source_path", "file_sha256", RowAction.COLUMN, "status", "fidelity")
            .groupBy("source_path", "file_sha256")
            .agg(
                min(RowAction.COLUMN).as(RowAction.COLUMN),
                min("status").as("status"),
                min("fidelity").as("fidelity"),
                count(lit(1)).as("times"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Row range =
        keys.agg(
                min("source_path"),
                max("source_path"),
                count(lit(1)),
                sum(
                    when(col(RowAction.COLUMN).notEqual(RowAction.TOUCH.id()), lit(1L))
                        .otherwise(lit(0L))),
                sum("times"))
            .head();
    if (range.isNullAt(0)) {
      return new IncomingKeys(keys, lit(false), 0, 0, 0);
    }
    return new IncomingKeys(
        keys,
        col("t.source_path").between(lit(range.getString(0)), lit(range.getString(1))),
        range.getLong(2),
        range.getLong(3),
        range.getLong(4) - range.getLong(2));
  }

  @Override
  public void close() {
    keys.unpersist();
  }
}
