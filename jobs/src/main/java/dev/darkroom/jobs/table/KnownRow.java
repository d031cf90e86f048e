package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.Fidelity;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A row that an archive has of a path that comes in, by its small columns.
 *
 * @param sha256 of the file; null where it could not be read
 * @param fidelity null where nothing was archived
 * @param version the commit that made it the newest of its path; -1 from before commits were noted
 * @param archivedAt null where it is not known
 * @param file the name of the data file that has it, as it stands in a URL
 */
record KnownRow(
    String path,
    String sha256,
    String status,
    String fidelity,
    long version,
    Timestamp archivedAt,
    String file) {
  /** From the oldest to the newest, as {@link ArchiveTable#newestFirst} has it. */
  static final Comparator<KnownRow> AGE =
      Comparator.comparingLong(KnownRow::version)
          .thenComparing(
              KnownRow::archivedAt, Comparator.nullsFirst(Comparator.<Timestamp>naturalOrder()))
          .thenComparing(row -> row.sha256() == null ? "" : row.sha256());

  /**
   * The rows of all paths that come in.
   *
   * @param table the rows of a Delta table, as Spark reads them
   */
  static List<KnownRow> of(Dataset<Row> table, IncomingKeys keys) {
    return table
        .filter(keys.range().holds(col("source_path")))
        // Columns that others have added may have any name.
        .select(
            col("source_path"),
            col("file_sha256"),
            col("status"),
            col("fidelity"),
            col("version"),
            col("archived_at"),
            table.metadataColumn("_metadata").getField("file_name").as("file_name"))
        .join(
            broadcast(keys.paths(table.sparkSession())),
            col("source_path").equalTo(col("path")),
            "left_semi")
        .collectAsList()
        .stream()
        .map(KnownRow::of)
        .toList();
  }

  private static KnownRow of(Row row) {
    Long version = row.getAs("version");
    return new KnownRow(
        row.getAs("source_path"),
        row.getAs("file_sha256"),
        row.getAs("status"),
        row.getAs("fidelity"),
        version == null ? -1 : version,
        row.getAs("archived_at"),
        row.getAs("file_name"));
  }

  /** What two rows that are the same have in common, as {@link IncomingKeys.Key#identity}. */
  List<String> identity() {
    return Arrays.asList(path, sha256);
  }

  boolean hasFailed() {
    return ArchiveStatus.FAILED.id().equals(status);
  }

  /** Whether it gives back the file, byte for byte. */
  boolean givesFile() {
    return givesFile(status, fidelity);
  }

  /** Whether it has the coded pixels of the file, and no more. */
  boolean givesPixels() {
    return ArchiveStatus.OK.id().equals(status) && Fidelity.PIXELS.id().equals(fidelity);
  }

  /** Whether a row of this status and fidelity gives back the file. */
  static boolean givesFile(String status, String fidelity) {
    return ArchiveStatus.STORED.id().equals(status)
        || ArchiveStatus.OK.id().equals(status) && Fidelity.FILE.id().equals(fidelity);
  }
}
