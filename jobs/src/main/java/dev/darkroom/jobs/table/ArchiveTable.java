package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.UserException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * An archive of images: a Delta table with the columns of {@link ArchiveColumn}.
 *
 * <p>A row is known by its source path and the hash of the file; a row that tells of a failure has
 * no hash, so that it stands beside rows of the same path and never in the place of one. Rows come
 * in by {@link #merge} alone, each call one Delta transaction, so that the table holds either all
 * of a chunk or none of it. Several programs may merge at the same time: Delta refuses the later of
 * two that touch the same files, and it is tried again on what the table holds by then.
 *
 * <p>Which row of a path is the newest is settled by the number of the commit that made it so,
 * which is the same for all executors; see {@link #newestFirst()}.
 */
public final class ArchiveTable {
  /** The column of {@link #aged}. */
  public static final String AGE = "age";

  private static final TableLayout LAYOUT =
      new TableLayout("image archive", "compress", ArchiveColumn.schema());

  private final JobTable table;
  private final SoleWriter writer = new SoleWriter();

  private ArchiveTable(JobTable table) {
    this.table = table;
  }

  /**
   * What a merge did beside letting rows in.
   *
   * @param duplicates rows left out, since another one that came in has their path and hash
   * @param recoded rows that give the file back from now on, where they gave its pixels
   */
  public record Merged(long duplicates, long recoded) {
    private static final Merged NOTHING = new Merged(0, 0);
  }

  /**
   * Opens a table that is there.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws UserException where there is no Delta table, or one with other columns
   */
  public static ArchiveTable open(SparkSession spark, String location) {
    return new ArchiveTable(raw(spark, location));
  }

  /**
   * Opens a table, or makes it where nothing is.
   *
   * @throws UserException where something else is, or a table with other columns
   */
  public static ArchiveTable openOrCreate(SparkSession spark, String location) {
    return new ArchiveTable(JobTable.openOrCreate(spark, location, LAYOUT));
  }

  /** The table behind an archive. */
  static JobTable raw(SparkSession spark, String location) {
    return JobTable.open(spark, location, LAYOUT);
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
   * The order of the rows of one path, newest first: by the commit that made a row the newest,
   * then, for rows from before commits were noted, by the clock of whoever made it, then by the
   * hash.
   */
  public static Column[] newestFirst() {
    return age().map(Column::desc).toArray(Column[]::new);
  }

  private static Stream<Column> age() {
    return Stream.of(
        coalesce(col("version"), lit(-1L)),
        col("archived_at"),
        coalesce(col("file_sha256"), lit("")));
  }

  private static Column newestOf() {
    return struct(age().toArray(Column[]::new));
  }

  private static Column sound() {
    return not(col("status").eqNullSafe(ArchiveStatus.FAILED.id()));
  }

  /** Whether a row gives back the file, byte for byte. */
  public static Column givesFile() {
    return col("status")
        .equalTo(ArchiveStatus.STORED.id())
        .or(
            col("status")
                .equalTo(ArchiveStatus.OK.id())
                .and(col("fidelity").equalTo(Fidelity.FILE.id())));
  }

  /**
   * Rows with something to restore, with the column {@link #AGE}: 1 for the newest of its path, 2
   * for the one before, and so on. A failure never hides the row before it. It sorts, so it is for
   * rows without their payloads.
   *
   * @param rows all rows of the paths that they tell of, with the columns of {@link #newestFirst}
   */
  public static Dataset<Row> aged(Dataset<Row> rows) {
    return rows.filter(sound())
        .withColumn(
            AGE, row_number().over(Window.partitionBy("source_path").orderBy(newestFirst())));
  }

  /**
   * One row for each path: the newest with something to restore, and where there is none the newest
   * failure. It does not sort, and is for rows without their payloads all the same.
   *
   * @param rows as {@link #aged} takes them
   */
  public static Dataset<Row> newest(Dataset<Row> rows) {
    Column[] columns = Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
    return rows.groupBy("source_path")
        .agg(max_by(struct(columns), struct(sound(), newestOf())).as("newest"))
        .select("newest.*");
  }

  /**
   * How many images were coded with another profile than this.
   *
   * @param profile the {@link ArchiveColumn#PROFILE} of rows that do not count
   */
  public long codedOtherwise(String profile) {
    return rows()
        .filter(col("status").equalTo(ArchiveStatus.OK.id()).and(col("profile").notEqual(profile)))
        .count();
  }

  /**
   * One row for each path, as {@link dev.darkroom.jobs.source.Archived} wants it: {@code
   * known_size}, {@code known_time} and {@code known_failed} (whether it failed) of the newest
   * attempt; {@code known_sha256} of the newest row with something to restore, null where there is
   * none; and {@code known_file}, whether that row gives back the file byte for byte.
   *
   * @return no value where the table is empty
   */
  public Optional<Dataset<Row>> latest() {
    Dataset<Row> rows = rows();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Column attempt = struct(col("file_size"), col("modification_time"), col("status"));
    Column kept = struct(col("file_sha256"), givesFile().as("gives_file"));
    return Optional.of(
        rows.groupBy("source_path")
            .agg(
                max_by(attempt, newestOf()).as("attempt"),
                max_by(when(sound(), kept), when(sound(), newestOf())).as("kept"))
            .select(
                col("source_path"),
                col("attempt.file_size").as("known_size"),
                col("attempt.modification_time").as("known_time"),
                col("kept.file_sha256").as("known_sha256"),
                col("attempt.status").equalTo(ArchiveStatus.FAILED.id()).as("known_failed"),
                coalesce(col("kept.gives_file"), lit(false)).as("known_file")));
  }

  /**
   * Lets rows in, in one transaction.
   *
   * <p>What is there already stays as it is, with these exceptions: a failure is replaced; pixels
   * are replaced by the file, never the file by pixels, unless it is told to replace; content that
   * comes back after another becomes the newest of its path again. Whether a row may be replaced is
   * asked of the row as the transaction finds it. A failure replaces nothing but a failure.
   *
   * <p>Where the table has none of the paths, which is what a first run meets, rows are written
   * once, and nothing else is moved.
   *
   * @param incoming the columns of the table and {@link RowAction#COLUMN}; may be read several
   *     times, so it should be persisted
   * @param keys of these rows
   */
  public Merged merge(Dataset<Row> incoming, IncomingKeys keys) {
    if (keys.isEmpty()) {
      return Merged.NOTHING;
    }
    Dataset<Row> wanted = incoming.filter(col(RowAction.COLUMN).notEqual(RowAction.SKIP.id()));
    Dataset<Row> unique =
        keys.duplicates() == 0 ? wanted : wanted.dropDuplicates("source_path", "file_sha256");
    AtomicLong recoded = new AtomicLong();
    table.retrying(() -> recoded.set(mergeOnce(unique, keys)));
    return new Merged(keys.duplicates(), recoded.get());
  }

  /** Returns how many rows give the file from now on where they gave pixels. */
  private long mergeOnce(Dataset<Row> incoming, IncomingKeys keys) {
    table.addColumns();
    Snapshot now = table.snapshot();
    Dataset<Row> stamped = incoming.withColumn(ArchiveColumn.VERSION.id(), lit(now.version() + 1));
    if (writer.surelyLacks(now, keys.range())) {
      Dataset<Row> brought = stamped.filter(col(RowAction.COLUMN).notEqual(RowAction.TOUCH.id()));
      append(brought, keys.brought(), now, keys);
      return 0;
    }
    MergePlan plan = MergePlan.of(KnownRow.of(table.rows(now), keys), keys);
    Dataset<Row> admitted = plan.admit(stamped);
    if (plan.changes().isEmpty()) {
      append(admitted, plan.admitted().size(), now, keys);
    } else {
      JobTable.DataFiles files = table.files(now, plan.files());
      table.rewrite(
          plan.withColumnsOfOthers(admitted, files.rows(), table.columnsOfOthers(now)),
          plan.admitted().size(),
          keys.bytes(),
          files,
          plan.stay(files.rows(), now.version() + 1));
    }
    return plan.recoded();
  }

  private void append(Dataset<Row> rows, long expected, Snapshot since, IncomingKeys keys) {
    long version = table.append(rows, expected, since, keys.bytes());
    writer.wrote(since, version, keys.range());
  }
}
