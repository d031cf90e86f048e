package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;

/**
 * What an archive has of the paths that come in, by its small columns.
 *
 * @param matches rows of the table with the path and hash of one that comes in
 * @param rows rows of the table with a path that comes in
 * @param failures of these, rows that tell of failures
 * @param recoded rows that give pixels, and will give the file
 * @param returning rows whose content comes back after another
 */
record KnownRows(Dataset<Row> matches, long rows, long failures, long recoded, long returning)
    implements AutoCloseable {
  /** The column of what comes in: whether it comes back after other content of the same path. */
  static final String RETURNING = "returning";

  static KnownRows of(Dataset<Row> table, IncomingKeys keys) {
    Dataset<Row> incomingKeys = keys.rows(table.sparkSession());
    Dataset<Row> paths = incomingKeys.select(col("source_path").as("path")).distinct();
    Column isSound = col("status").notEqual("failed");
    Dataset<Row> known =
        table
            .as("t")
            .filter(keys.inRange())
            .select("source_path", "file_sha256", "status", "fidelity", "version", "archived_at")
            .join(paths, col("source_path").equalTo(col("path")), "left_semi")
            .withColumn(
                "age",
                row_number()
                    .over(
                        Window.partitionBy(col("source_path"), isSound)
                            .orderBy(ArchiveTable.newestFirst())));
    Dataset<Row> incoming =
        incomingKeys.select(
            col("source_path").as("new_path"),
            col("file_sha256").as("new_sha256"),
            col(RowAction.COLUMN),
            col("status").as("new_status"),
            col("fidelity").as("new_fidelity"));
    Column adds = col(RowAction.COLUMN).equalTo("add").and(col("new_status").notEqual("failed"));
    Column same = isSound.and(coalesce(adds, lit(false)));
    Column becomesFile =
        same.and(col("status").equalTo("ok"))
            .and(col("fidelity").equalTo("pixels"))
            .and(col("new_status").equalTo("stored").or(col("new_fidelity").equalTo("file")));
    Dataset<Row> matches =
        known
            .join(
                incoming,
                col("source_path")
                    .equalTo(col("new_path"))
                    .and(col("file_sha256").eqNullSafe(col("new_sha256"))),
                "left")
            .select(
                col("source_path"),
                col("file_sha256"),
                isSound.as("sound"),
                becomesFile.as("becomes_file"),
                same.and(col("age").gt(1)).as(RETURNING))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Row counts =
        matches
            .agg(
                count(lit(1)),
                number(col("sound").equalTo(false)),
                number(col("becomes_file")),
                number(col(RETURNING)))
            .head();
    return new KnownRows(
        matches, counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  private static Column number(Column condition) {
    return coalesce(sum(when(condition, lit(1L)).otherwise(lit(0L))), lit(0L));
  }

  /** Rows that come in, with the column {@link #RETURNING}. */
  Dataset<Row> withReturning(Dataset<Row> incoming) {
    if (returning == 0) {
      return incoming.withColumn(RETURNING, lit(false));
    }
    Dataset<Row> back =
        matches
            .filter(col(RETURNING))
            .select(
                col("source_path").as("back_path"),
                col("file_sha256").as("back_sha256"),
                lit(true).as(RETURNING))
            .distinct();
    return incoming
        .join(
            broadcast(back),
            incoming
                .col("source_path")
                .equalTo(col("back_path"))
                .and(incoming.col("file_sha256").equalTo(col("back_sha256"))),
            "left")
        .drop("back_path", "back_sha256")
        .withColumn(RETURNING, coalesce(col(RETURNING), lit(false)));
  }

  @Override
  public void close() {
    matches.unpersist();
  }
}
