package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.source.Where;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of an archive that a job reads back.
 *
 * @param rows the rows with a payload, all columns
 * @param images how many they are
 * @param withoutPayload how many rows were selected that failed to be archived
 */
public record Selection(Dataset<Row> rows, long images, long withoutPayload) {
  /**
   * Selects rows.
   *
   * @param where an SQL condition on the table's columns; without one every row is selected
   * @throws UserException where the condition is none, or selects nothing
   */
  public static Selection of(ArchiveTable table, Optional<String> where) {
    Dataset<Row> all = where.map(sql -> Where.filter(table.rows(), sql)).orElseGet(table::rows);
    Row counts =
        all.agg(
                count(lit(1)),
                sum(when(col("status").equalTo(ArchiveStatus.FAILED.id()), 1L).otherwise(0L)))
            .head();
    long selected = counts.getLong(0);
    if (selected == 0) {
      throw new UserException(
          where
              .map(sql -> "no row of '%s' fulfils --where \"%s\"".formatted(table.location(), sql))
              .orElse("'" + table.location() + "' is empty; there is nothing to read back"));
    }
    long failed = counts.getLong(1);
    return new Selection(
        all.filter(col("status").notEqual(ArchiveStatus.FAILED.id())), selected - failed, failed);
  }
}
