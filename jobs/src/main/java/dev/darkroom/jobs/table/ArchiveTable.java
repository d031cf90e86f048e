package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.UserException;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * An archive of images: a Delta table with the columns of {@link ArchiveColumn}.
 *
 * <p>A row is known by its source path and the hash of the file. Rows come in by {@link #merge}
 * alone, each call one Delta transaction, so that the table holds either all of a chunk or none of
 * it. Several programs may merge at the same time: Delta refuses the later of two that touch the
 * same files, and it is tried again on what the table holds by then.
 */
public final class ArchiveTable {
  private static final int ATTEMPTS = 40;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final SparkSession spark;
  private final String location;

  private ArchiveTable(SparkSession spark, String location) {
    this.spark = spark;
    this.location = location;
  }

  /**
   * Opens a table that is there.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws UserException where there is no Delta table, or one with other columns
   */
  public static ArchiveTable open(SparkSession spark, String location) {
    if (!exists(spark, location)) {
      throw new UserException(
          "'%s' is no Delta table; name a folder that 'darkroom compress' wrote"
              .formatted(location));
    }
    ArchiveTable table = new ArchiveTable(spark, location);
    table.checkColumns();
    return table;
  }

  /**
   * Opens a table, or makes it where nothing is.
   *
   * @throws UserException where something else is, or a table with other columns
   */
  public static ArchiveTable openOrCreate(SparkSession spark, String location) {
    if (!exists(spark, location)) {
      refuseOtherContent(spark, location);
      retrying(() -> create(spark, location));
    }
    return open(spark, location);
  }

  /**
   * Commits a table without rows. Writing is used here, not {@code DeltaTable.create}, since that
   * refuses a folder with a log that has no commit yet: one that another run is about to make, or
   * one that a killed run has left behind.
   */
  private static void create(SparkSession spark, String location) {
    if (!exists(spark, location)) {
      spark
          .createDataFrame(List.of(), ArchiveColumn.schema())
          .write()
          .format("delta")
          .mode(SaveMode.Append)
          .save(location);
    }
  }

  /** Whether a Delta table is at the location. */
  public static boolean exists(SparkSession spark, String location) {
    try {
      return DeltaTable.isDeltaTable(spark, location);
    } catch (RuntimeException e) {
      throw new UserException("can't open table '" + location + "': " + e.getMessage(), e);
    }
  }

  private static void refuseOtherContent(SparkSession spark, String location) {
    try {
      Path path = new Path(location);
      FileSystem fs = path.getFileSystem(spark.sessionState().newHadoopConf());
      // A log without a commit is a table that another run is making, or was when it was killed.
      if (fs.exists(path)
          && !fs.exists(new Path(path, "_delta_log"))
          && fs.listStatus(path).length > 0) {
        throw new UserException(
            "output '%s' is there and is no Delta table; name a new folder".formatted(location));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't open output '" + location + "': " + e.getMessage(), e);
    }
  }

  private void checkColumns() {
    StructType actual = rows().schema();
    List<String> names = Arrays.asList(actual.fieldNames());
    List<String> missing = ArchiveColumn.ids().stream().filter(id -> !names.contains(id)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          "'%s' is a Delta table but no image archive: it lacks %s; name another folder"
              .formatted(location, String.join(", ", missing)));
    }
  }

  /** Where the table is. */
  public String location() {
    return location;
  }

  /** All rows, as the table is now. */
  public Dataset<Row> rows() {
    return spark.read().format("delta").load(location);
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
            struct(col("file_size"), col("modification_time"), col("file_sha256"), col("status")),
            col("archived_at"));
    return Optional.of(
        rows.groupBy("source_path")
            .agg(newest.as("newest"))
            .select(
                col("source_path"),
                col("newest.file_size").as("known_size"),
                col("newest.modification_time").as("known_time"),
                col("newest.file_sha256").as("known_sha256"),
                col("newest.status").equalTo(ArchiveStatus.FAILED.id()).as("known_failed")));
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
    Row range = unique.agg(min("source_path"), max("source_path")).head();
    if (range.isNullAt(0)) {
      return;
    }
    Column inRange = col("t.source_path").between(lit(range.getString(0)), lit(range.getString(1)));
    retrying(() -> mergeOnce(unique, inRange));
  }

  private void mergeOnce(Dataset<Row> incoming, Column inRange) {
    Map<String, String> all = new LinkedHashMap<>();
    ArchiveColumn.ids().forEach(id -> all.put(id, "s." + id));
    DeltaTable.forPath(spark, location)
        .as("t")
        .merge(
            incoming.unionByName(staleFailures(incoming, inRange)).as("s"),
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

  /**
   * Failures of the incoming paths under another hash: whatever comes in now has overtaken them.
   */
  private Dataset<Row> staleFailures(Dataset<Row> incoming, Column inRange) {
    Dataset<Row> failures =
        rows().as("t").filter(inRange.and(col("t.status").equalTo(ArchiveStatus.FAILED.id())));
    Dataset<Row> paths =
        incoming.select(
            col("source_path").as("new_path"),
            coalesce(col("file_sha256"), lit("")).as("new_hash"));
    Dataset<Row> kept =
        incoming.select(
            col("source_path").as("kept_path"),
            coalesce(col("file_sha256"), lit("")).as("kept_hash"));
    Column hash = coalesce(col("t.file_sha256"), lit(""));
    return failures
        .join(
            paths,
            col("t.source_path").equalTo(col("new_path")).and(hash.notEqual(col("new_hash"))),
            "left_semi")
        .join(
            kept,
            col("t.source_path").equalTo(col("kept_path")).and(hash.equalTo(col("kept_hash"))),
            "left_anti")
        .select(ArchiveColumn.ids().stream().map(id -> col("t." + id)).toArray(Column[]::new))
        .withColumn(RowAction.COLUMN, lit(RowAction.DROP.id()));
  }

  private static void retrying(Runnable transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        transaction.run();
        return;
      } catch (RuntimeException e) {
        if (!isConflict(e) || attempt == ATTEMPTS) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  private static boolean isConflict(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof DeltaConcurrentModificationException) {
        return true;
      }
    }
    return false;
  }

  private static void pause(int attempt) {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, 50L << Math.min(attempt, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to merge again", e);
    }
  }
}
