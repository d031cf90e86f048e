package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.source.Where;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of an archive that a job reads back, and how many each data file has to give.
 *
 * @param snapshot the archive
 * @param where an SQL condition on the table's columns; without one every row is selected
 * @param expected how many selected rows each data file holds, by its URI. Rows of a file that
 *     can't be read count as selected, since nobody can tell
 */
public record Selection(
    ArchiveSnapshot snapshot, Optional<String> where, Map<String, Long> expected) {
  /** Takes a copy of the map. */
  public Selection {
    expected = Map.copyOf(expected);
  }

  /**
   * Selects rows.
   *
   * @throws UserException where the condition is none, or selects nothing
   */
  public static Selection of(ArchiveSnapshot snapshot, Optional<String> where) {
    Map<String, OptionalLong> logged = snapshot.dataFiles();
    Map<String, Long> expected = new HashMap<>();
    if (where.isEmpty() && logged.values().stream().allMatch(OptionalLong::isPresent)) {
      logged.forEach((file, rows) -> expected.put(file, rows.getAsLong()));
    } else {
      Map<String, Long> readable = perDataFile(snapshot.rows());
      Map<String, Long> selected =
          where.map(sql -> perDataFile(filter(snapshot.rows(), sql))).orElse(readable);
      logged.forEach(
          (file, rows) -> {
            long read = readable.getOrDefault(file, 0L);
            long unread = Math.max(rows.orElse(Math.max(read, 1)) - read, 0);
            expected.put(file, selected.getOrDefault(file, 0L) + unread);
          });
    }
    expected.values().removeIf(rows -> rows == 0);
    if (expected.isEmpty()) {
      throw new UserException(
          where
              .map(
                  sql ->
                      "no row of '%s' fulfils --where \"%s\"".formatted(snapshot.location(), sql))
              .orElse("'" + snapshot.location() + "' is empty; there is nothing to read back"));
    }
    return new Selection(snapshot, where, expected);
  }

  /** How many rows are selected. */
  public long size() {
    return expected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The selected rows that can be read, with the columns of {@link ArchiveSnapshot#rows()}. */
  public Dataset<Row> rows() {
    return filtered(snapshot.rows());
  }

  /** The selected rows of some data files. */
  public Dataset<Row> rows(Collection<String> dataFiles) {
    return filtered(snapshot.rows(dataFiles));
  }

  /** How many rows there are of each data file. */
  public static Map<String, Long> perDataFile(Dataset<Row> rows) {
    Map<String, Long> counts = new HashMap<>();
    rows.groupBy(col(ArchiveSnapshot.DATA_FILE))
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private Dataset<Row> filtered(Dataset<Row> rows) {
    return where.map(sql -> filter(rows, sql)).orElse(rows);
  }

  private static Dataset<Row> filter(Dataset<Row> rows, String sql) {
    return Where.filter(rows, sql);
  }
}
