package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.UserException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * An archive of images: a Delta table with the columns of {@link ArchiveColumn}.
 *
 * <p>A row is known by its source path and the hash of the file. Rows come in by {@link #merge}
 * alone, each call one Delta transaction, so that the table holds either all of a chunk or none of
 * it. Several programs may merge at the same time: Delta refuses the later of two that touch the
 * same files, and it is tried again on what the table holds by then.
 */
public final class ArchiveTable {
  private static final TableLayout LAYOUT =
      new TableLayout("image archive", "compress", ArchiveColumn.schema());
  private static final StaleFailures STALE =
      new StaleFailures(ArchiveColumn.FILE_SHA256.id(), ArchiveColumn.ids());

  private final JobTable table;

  private ArchiveTable(JobTable table) {
    this.table = table;
  }

  /**
   * Opens a table that is there.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws UserException where there is no Delta table, or one with other columns
   */
  public static ArchiveTable open(SparkSession spark, String location) {
    return new ArchiveTable(JobTable.open(spark, location, LAYOUT));
  }

  /**
   * Opens a table, or makes it where nothing is.
   *
   * @throws UserException where something else is, or a table with other columns
   */
  public static ArchiveTable openOrCreate(SparkSession spark, String location) {
    return new ArchiveTable(JobTable.openOrCreate(spark, location, LAYOUT));
  }

  /** Whether a Delta table is at the location. */
  public static boolean exists(SparkSession spark, String location) {
    return JobTable.exists(spark, location);
  }

  /** Where the table is. */
  public String location() {
    return table.location();
  }

  /** All rows, as the table is now. */
  public Dataset<Row> rows() {
    return table.rows();
  }

  /**
   * One row for each path, its newest, as {@link dev.darkroom.jobs.source.Archived} wants it.
   *
   * @return no value where the table is empty
   */
  public Optional<Dataset<Row>> latest() {
    Dataset<Row> rows = rows();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Column newest =
        max_by(
            struct(
                col("file_size"),
                col("modification_time"),
                col("file_sha256"),
                col("status"),
                col("fidelity")),
            col("archived_at"));
    return Optional.of(
        rows.groupBy("source_path")
            .agg(newest.as("newest"))
            .select(
                col("source_path"),
                col("newest.file_size").as("known_size"),
                col("newest.modification_time").as("known_time"),
                col("newest.file_sha256").as("known_sha256"),
                col("newest.status").equalTo(ArchiveStatus.FAILED.id()).as("known_failed"),
                col("newest.status")
                    .equalTo(ArchiveStatus.STORED.id())
                    .or(col("newest.fidelity").equalTo(Fidelity.FILE.id()))
                    .as("known_file")));
  }

  /**
   * Lets rows in, in one transaction; what is there already stays as it is.
   *
   * @param incoming the columns of the table and {@link RowAction#COLUMN}; read several times, so
   *     it should be persisted
   */
  public void merge(Dataset<Row> incoming) {
    Dataset<Row> unique =
        incoming
            .filter(col(RowAction.COLUMN).notEqual(RowAction.SKIP.id()))
            .dropDuplicates("source_path", "file_sha256");
    JobTable.Range.of(unique, "source_path")
        .ifPresent(range -> JobTable.retrying(() -> mergeOnce(unique, range.inRange())));
  }

  private void mergeOnce(Dataset<Row> incoming, Column inRange) {
    Map<String, String> all = new LinkedHashMap<>();
    ArchiveColumn.ids().forEach(id -> all.put(id, "s." + id));
    Dataset<Row> stale = STALE.of(rows().as("t").filter(inRange), incoming);
    table
        .delta()
        .as("t")
        .merge(
            incoming.unionByName(stale).as("s"),
            inRange
                .and(col("t.source_path").equalTo(col("s.source_path")))
                .and(col("t.file_sha256").eqNullSafe(col("s.file_sha256"))))
        .whenMatched("s.action = 'drop'")
        .delete()
        .whenMatched("s.action = 'touch'")
        .updateExpr(Map.of("file_size", "s.file_size", "modification_time", "s.modification_time"))
        .whenMatched("s.action = 'replace' or t.status = 'failed'")
        .updateExpr(all)
        .whenNotMatched("s.action in ('add', 'replace')")
        .insertExpr(all)
        .execute();
  }
}
