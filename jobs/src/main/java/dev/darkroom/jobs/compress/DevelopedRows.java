package dev.darkroom.jobs.compress;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.table.IncomingKeys;
import dev.darkroom.jobs.table.RowAction;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the driver knows of a chunk's rows: their small columns. A row of 2,000 takes some hundred
 * bytes here.
 *
 * @param rows one for each row of {@link DevelopImages#SCHEMA}
 */
record DevelopedRows(List<Told> rows) {
  /**
   * A row without its payload.
   *
   * @param key what it is known by in the table
   * @param codec null where there is no payload
   * @param errorType null where nothing is wrong
   * @param hasWidth whether it is of an image, as far as its header tells
   * @param hasPixels whether it has a hash of the image's pixels
   * @param fileSize in bytes; 0 where it is not known
   * @param payloadSize in bytes; 0 where there is none
   * @param subpixels samples of the image; 0 where it was not decoded
   */
  record Told(
      IncomingKeys.Key key,
      String codec,
      String errorType,
      boolean hasWidth,
      boolean hasPixels,
      long fileSize,
      long payloadSize,
      long subpixels,
      List<String> leftBehind) {
    ArchiveStatus status() {
      return ArchiveStatus.valueOf(key.status().toUpperCase(Locale.ROOT));
    }

    RowAction action() {
      return key.action();
    }

    StoredReason storedReason() {
      return StoredReason.of(errorType, hasWidth, hasPixels);
    }
  }

  /** Makes rows, and reads their small columns in one pass. */
  static DevelopedRows of(Dataset<Row> developed) {
    Column subpixels =
        col("width").cast("bigint").multiply(col("height")).multiply(col("channels"));
    return new DevelopedRows(
        developed
            .select(
                Stream.concat(
                        IncomingKeys.Key.COLUMNS.stream().map(functions::col),
                        Stream.of(
                            col("codec"),
                            col("error_type"),
                            col("width").isNotNull().as("has_width"),
                            col("pixel_sha256").isNotNull().as("has_pixels"),
                            col("payload_size"),
                            subpixels.as("subpixels"),
                            col("left_behind")))
                    .toArray(Column[]::new))
            .collectAsList()
            .stream()
            .map(DevelopedRows::told)
            .toList());
  }

  private static Told told(Row row) {
    return new Told(
        IncomingKeys.Key.of(row),
        row.getAs("codec"),
        row.getAs("error_type"),
        row.getAs("has_width"),
        row.getAs("has_pixels"),
        number(row, "file_size"),
        number(row, "payload_size"),
        number(row, "subpixels"),
        row.isNullAt(row.fieldIndex("left_behind"))
            ? List.of()
            : row.getList(row.fieldIndex("left_behind")));
  }

  private static long number(Row row, String column) {
    Long value = row.getAs(column);
    return value == null ? 0 : value;
  }

  /** The rows; of those that the table would get twice, the first. */
  List<Told> unique() {
    Set<List<String>> seen = new HashSet<>();
    return rows.stream()
        .filter(row -> row.action() == RowAction.SKIP || seen.add(row.key().identity()))
        .toList();
  }

  /** What the table is told before the rows come in. */
  IncomingKeys keys() {
    return IncomingKeys.of(
        rows.stream().map(Told::key).toList(), rows.stream().mapToLong(Told::payloadSize).sum());
  }
}
