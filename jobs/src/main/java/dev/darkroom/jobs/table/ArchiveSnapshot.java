package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An archive as one version of it is, read so that no data file can be missed and none can hold up
 * the others.
 *
 * <p>Files that are missing or damaged give fewer rows than the table's log says, or none, and no
 * exception; whoever reads compares what came with {@link #dataFiles}. All readings are of the same
 * version, whatever is committed meanwhile.
 */
public final class ArchiveSnapshot {
  /** The column, beside those of the table, with the URI of the data file that holds the row. */
  public static final String DATA_FILE = "data_file";

  /** The column, beside those of the table, that tells the row from all others. */
  public static final String ROW_ID = "data_row_id";

  private final SparkSession spark;
  private final String location;
  private final DeltaLog log;
  private final Snapshot snapshot;

  private ArchiveSnapshot(SparkSession spark, String location) {
    this.spark = spark;
    this.location = location;
    this.log = DeltaLog.forTable(spark, new Path(location));
    this.snapshot = log.update(false, Option.empty(), Option.empty());
  }

  /**
   * The archive as it is now.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws dev.darkroom.jobs.UserException where there is no Delta table, or one with other
   *     columns
   */
  public static ArchiveSnapshot of(SparkSession spark, String location) {
    ArchiveTable.open(spark, location);
    SparkSession own = ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
    own.conf().set("spark.sql.files.ignoreMissingFiles", "true");
    own.conf().set("spark.sql.files.ignoreCorruptFiles", "true");
    own.conf().set(LargeRows.BATCH, (long) LargeRows.BATCH_ROWS);
    return new ArchiveSnapshot(own, location);
  }

  /** The session whose data sets these are; a result may only be joined with others of it. */
  public SparkSession session() {
    return spark;
  }

  /** Where the table is. */
  public String location() {
    return location;
  }

  /** All rows that can be read, with {@link #DATA_FILE} and {@link #ROW_ID}. */
  public Dataset<Row> rows() {
    return columns(
        spark.read().format("delta").option("versionAsOf", snapshot.version()).load(location));
  }

  /** The rows of some data files alone, that can be read. */
  public Dataset<Row> rows(Collection<String> dataFiles) {
    Set<String> wanted = Set.copyOf(dataFiles);
    List<AddFile> files =
        snapshot.allFiles().collectAsList().stream()
            .filter(file -> wanted.contains(uri(file)))
            .toList();
    // Delta makes it in the session that is active, and only this one passes over what is damaged.
    Option<SparkSession> active = SparkSession.getActiveSession();
    SparkSession.setActiveSession(spark);
    try {
      return columns(
          log.createDataFrame(
              snapshot, CollectionConverters.asScala(files).toSeq(), false, Option.empty()));
    } finally {
      if (active.isDefined()) {
        SparkSession.setActiveSession(active.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }

  /** The data files by their URIs, with the rows that the log says they have, where it does. */
  public Map<String, OptionalLong> dataFiles() {
    Map<String, OptionalLong> rows = new HashMap<>();
    for (AddFile file : snapshot.allFiles().collectAsList()) {
      Option<Object> logical = file.numLogicalRecords();
      rows.put(
          uri(file),
          logical.isDefined() ? OptionalLong.of((Long) logical.get()) : OptionalLong.empty());
    }
    return rows;
  }

  private String uri(AddFile file) {
    return file.absolutePath(log).toUri().toString();
  }

  private static Dataset<Row> columns(Dataset<Row> table) {
    Set<String> there = Set.of(table.columns());
    List<Column> columns = new ArrayList<>();
    Arrays.stream(ArchiveColumn.values())
        .map(
            column ->
                there.contains(column.id())
                    ? col(column.id())
                    : lit(null).cast(column.type().data()).as(column.id()))
        .forEach(columns::add);
    Arrays.stream(table.columns())
        .filter(name -> !ArchiveColumn.ids().contains(name))
        .map(name -> col("`" + name + "`"))
        .forEach(columns::add);
    columns.add(col("_metadata.file_path").as(DATA_FILE));
    Dataset<Row> rows = table.select(columns.toArray(Column[]::new));
    return rows.withColumn(ROW_ID, rowId());
  }

  /**
   * Of what tells rows apart: rows have numbers in their files only where a table allows for it.
   */
  private static Column rowId() {
    return sha2(
        concat_ws(
                "\n",
                col(DATA_FILE),
                col(ArchiveColumn.SOURCE_PATH.id()),
                coalesce(col(ArchiveColumn.FILE_SHA256.id()), lit("")),
                coalesce(col(ArchiveColumn.VERSION.id()), lit(-1L)).cast("string"),
                unix_micros(col(ArchiveColumn.ARCHIVED_AT.id())).cast("string"))
            .cast("binary"),
        256);
  }
}
