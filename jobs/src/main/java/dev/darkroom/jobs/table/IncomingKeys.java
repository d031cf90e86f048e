package dev.darkroom.jobs.table;

import dev.darkroom.jobs.source.PathRange;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Which rows come into an archive: their small columns, on the driver, so that payloads are not
 * moved to find out what is to be done with them.
 *
 * @param keys the rows that are not to be skipped, each path and hash once
 * @param duplicates how many more there are of the same path and hash
 * @param bytes about how many bytes of payload come in
 */
public record IncomingKeys(List<Key> keys, long duplicates, long bytes) {
  private static final StructType PATHS = new StructType().add("path", DataTypes.StringType, false);

  /**
   * A row that comes in.
   *
   * @param sha256 of the file; null where it could not be read
   * @param fidelity null where nothing was archived
   * @param size of the file in bytes; null where it is not known
   * @param modificationTime of the file; null where it is not known
   */
  public record Key(
      String path,
      String sha256,
      RowAction action,
      String status,
      String fidelity,
      Long size,
      Timestamp modificationTime,
      Timestamp archivedAt) {
    /** The columns that a key is made of. */
    public static final List<String> COLUMNS =
        List.of(
            "source_path",
            "file_sha256",
            RowAction.COLUMN,
            "status",
            "fidelity",
            "file_size",
            "modification_time",
            "archived_at");

    /** The key of a row with these columns. */
    public static Key of(Row row) {
      return new Key(
          row.getAs("source_path"),
          row.getAs("file_sha256"),
          RowAction.valueOf(row.<String>getAs(RowAction.COLUMN).toUpperCase(Locale.ROOT)),
          row.getAs("status"),
          row.getAs("fidelity"),
          row.getAs("file_size"),
          row.getAs("modification_time"),
          row.getAs("archived_at"));
    }

    /** What two rows that are the same have in common. */
    public List<String> identity() {
      return Arrays.asList(path, sha256);
    }
  }

  /**
   * The keys of rows; of those with the same path and hash, the first.
   *
   * @param bytes of all their payloads
   */
  public static IncomingKeys of(Collection<Key> rows, long bytes) {
    Map<List<String>, Key> unique = new LinkedHashMap<>();
    long wanted = 0;
    for (Key key : rows) {
      if (key.action() != RowAction.SKIP) {
        wanted++;
        unique.putIfAbsent(key.identity(), key);
      }
    }
    return new IncomingKeys(new ArrayList<>(unique.values()), wanted - unique.size(), bytes);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** How many rows would come into a table that knows none of them. */
  long brought() {
    return keys.stream().filter(key -> key.action().brings()).count();
  }

  /** The different paths, in the column {@code path}. */
  Dataset<Row> paths(SparkSession spark) {
    return spark.createDataFrame(
        keys.stream().map(Key::path).distinct().map(RowFactory::create).toList(), PATHS);
  }

  /** From the least path to the greatest. Not for no keys. */
  PathRange range() {
    return PathRange.of(keys.stream().map(Key::path).toList());
  }
}
