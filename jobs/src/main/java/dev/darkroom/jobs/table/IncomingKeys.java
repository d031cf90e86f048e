package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.source.PathRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
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
  private static final StructType SCHEMA =
      new StructType()
          .add("source_path", DataTypes.StringType, false)
          .add("file_sha256", DataTypes.StringType, true)
          .add(RowAction.COLUMN, DataTypes.StringType, false)
          .add("status", DataTypes.StringType, false)
          .add("fidelity", DataTypes.StringType, true);

  /**
   * A row that comes in.
   *
   * @param sha256 of the file; null where it could not be read
   * @param fidelity null where nothing was archived
   */
  public record Key(String path, String sha256, RowAction action, String status, String fidelity) {
    /** The key of a row with the columns of an archive and {@link RowAction#COLUMN}. */
    public static Key of(Row row) {
      return new Key(
          row.getAs("source_path"),
          row.getAs("file_sha256"),
          RowAction.valueOf(row.<String>getAs(RowAction.COLUMN).toUpperCase(Locale.ROOT)),
          row.getAs("status"),
          row.getAs("fidelity"));
    }

    /** What two rows that are the same have in common. */
    public List<String> identity() {
      return Arrays.asList(path, sha256);
    }

    private Row row() {
      return RowFactory.create(path, sha256, action.id(), status, fidelity);
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

  /** The keys as rows, with the columns of the table. */
  Dataset<Row> rows(SparkSession spark) {
    return spark.createDataFrame(keys.stream().map(Key::row).toList(), SCHEMA);
  }

  /** From the least path to the greatest. Not for no keys. */
  PathRange range() {
    return PathRange.of(keys.stream().map(Key::path).toList());
  }

  /** Rows of the table, called t, between the least path and the greatest. */
  Column inRange() {
    return range().holds(col("t.source_path"));
  }
}
