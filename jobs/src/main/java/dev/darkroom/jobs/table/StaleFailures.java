package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds rows of a table that tell of failures which are over: of paths that come in now, under
 * another hash of their content.
 *
 * @param hashColumn the hash of what was found at {@code source_path}; null where nothing was
 * @param columns the columns of the table
 */
record StaleFailures(String hashColumn, List<String> columns) {
  /**
   * The rows, to be dropped.
   *
   * @param table the rows of the table that may be concerned, with a {@code status}
   * @param incoming what comes in
   * @return rows with the columns of the table and {@link RowAction#COLUMN}
   */
  Dataset<Row> of(Dataset<Row> table, Dataset<Row> incoming) {
    Dataset<Row> failures = table.as("t").filter(col("t.status").equalTo("failed"));
    Column incomingHash = coalesce(col(hashColumn), lit(""));
    Dataset<Row> paths =
        incoming.select(col("source_path").as("new_path"), incomingHash.as("new_hash"));
    Dataset<Row> kept =
        incoming.select(col("source_path").as("kept_path"), incomingHash.as("kept_hash"));
    Column hash = coalesce(col("t." + hashColumn), lit(""));
    return failures
        .join(
            paths,
            col("t.source_path").equalTo(col("new_path")).and(hash.notEqual(col("new_hash"))),
            "left_semi")
        .join(
            kept,
            col("t.source_path").equalTo(col("kept_path")).and(hash.equalTo(col("kept_hash"))),
            "left_anti")
        .select(columns.stream().map(id -> col("t." + id)).toArray(Column[]::new))
        .withColumn(RowAction.COLUMN, lit(RowAction.DROP.id()));
  }
}
