package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import dev.darkroom.jobs.UserException;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.util.QuotingUtils;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A Delta table that several programs may write to at the same time: Delta refuses the later of two
 * transactions that touch the same files, and it is tried again on what the table holds by then.
 */
final class JobTable {
  private static final int ATTEMPTS = 40;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** Large enough that a table of millions of rows has thousands of files, not more. */
  private static final long BYTES_PER_FILE = 64L << 20;

  private static final List<String> SKIPPING =
      List.of("spark.sql.files.ignoreMissingFiles", "spark.sql.files.ignoreCorruptFiles");

  private static final DeltaOperations.Operation APPENDING =
      new DeltaOperations.Write(
          SaveMode.Append,
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty(),
          Option.empty());

  private final SparkSession spark;
  private final String location;
  private final TableLayout layout;

  private JobTable(SparkSession spark, String location, TableLayout layout) {
    this.spark = spark;
    this.location = location;
    this.layout = layout;
    LargeRows.configure(spark, layout.schema());
  }

  /**
   * Opens a table that is there, of this layout or an earlier one.
   *
   * @throws UserException where there is no Delta table, one with other columns, or one that a
   *     newer release wrote
   */
  static JobTable open(SparkSession spark, String location, TableLayout layout) {
    if (!exists(spark, location)) {
      throw new UserException(
          "'%s' is no Delta table; name a folder that 'darkroom %s' wrote"
              .formatted(location, layout.job()));
    }
    JobTable table = new JobTable(spark, location, layout);
    table.checkColumns();
    return table;
  }

  /**
   * Opens a table, or makes it where nothing is.
   *
   * @throws UserException where something else is, or a table with other columns, or where Spark is
   *     told to skip files that it can't read
   */
  static JobTable openOrCreate(SparkSession spark, String location, TableLayout layout) {
    refuseSkipping(spark);
    if (!exists(spark, location)) {
      refuseOtherContent(spark, location);
      new JobTable(spark, location, layout).createEmpty();
    }
    return open(spark, location, layout);
  }

  /**
   * A table that is there, or that its first rows will make where nothing is.
   *
   * @throws UserException as {@link #openOrCreate}
   */
  static JobTable openOrCreateLater(SparkSession spark, String location, TableLayout layout) {
    refuseSkipping(spark);
    if (exists(spark, location)) {
      return open(spark, location, layout);
    }
    refuseOtherContent(spark, location);
    return new JobTable(spark, location, layout);
  }

  /**
   * Delta 4.1.0 commits what is left where Spark skips a data file that is missing or damaged: rows
   * that could not be read for a moment would be gone for good.
   */
  private static void refuseSkipping(SparkSession spark) {
    for (String property : SKIPPING) {
      if (Boolean.parseBoolean(spark.conf().get(property, "false"))) {
        throw new UserException(
            property
                + " is on, under which a transaction would drop rows of data files that can't be"
                + " read; leave it out, or set it to false");
      }
    }
  }

  /** Whether the table is there by now. */
  boolean isThere() {
    return exists(spark, location);
  }

  /** Makes the table without rows, unless it is there by now. */
  void createEmpty() {
    create(empty());
  }

  /**
   * Makes the table of its first rows, unless it is there by now. Writing is used here, not {@code
   * DeltaTable.create}, since that refuses a folder with a log that has no commit yet: one that
   * another run is about to make, or one that a killed run has left behind.
   *
   * @return whether it was made; where not, the rows are not in it
   */
  boolean create(Dataset<Row> first) {
    AtomicBoolean made = new AtomicBoolean();
    retrying(
        () -> {
          if (!isThere()) {
            described(first).write().format("delta").mode(SaveMode.Append).save(location);
            made.set(true);
          }
        });
    return made.get();
  }

  /** Whether a Delta table is at the location. */
  static boolean exists(SparkSession spark, String location) {
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
          && Arrays.stream(fs.listStatus(path))
              .anyMatch(file -> !file.getPath().getName().equals(TableLease.NAME))) {
        throw new UserException(
            "output '%s' is there and is no Delta table; name a new folder".formatted(location));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't open output '" + location + "': " + e.getMessage(), e);
    }
  }

  private void checkColumns() {
    StructType schema = stored().schema();
    List<String> names = Arrays.asList(schema.fieldNames());
    List<String> missing = layout.required().stream().filter(id -> !names.contains(id)).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          "'%s' is a Delta table but no %s: it lacks %s; name another folder"
              .formatted(location, layout.kind(), String.join(", ", missing)));
    }
    long number = TableLayout.numberOf(schema);
    if (number > layout.number()) {
      throw new UserException(
          ("'%s' was written by a newer release of Darkroom (layout %d of the %s; this release"
                  + " knows those up to %d); install that release")
              .formatted(location, number, layout.kind(), layout.number()));
    }
  }

  private Dataset<Row> empty() {
    return spark.createDataFrame(List.of(), layout.schema());
  }

  private Dataset<Row> described(Dataset<Row> rows) {
    return described(rows, Stream.empty());
  }

  /** Rows with the layout's columns, in its order, and what it says about them; and with others. */
  private Dataset<Row> described(Dataset<Row> rows, Stream<String> others) {
    return rows.select(
        Stream.concat(
                Arrays.stream(layout.schema().fields())
                    .map(field -> rows.col(field.name()).as(field.name(), field.metadata())),
                others.map(name -> rows.col(QuotingUtils.quoteIdentifier(name)).as(name)))
            .toArray(Column[]::new));
  }

  /** Adds the columns that the table's layout did not have, in a transaction without rows. */
  void addColumns() {
    if (layout.added(stored().schema()).isEmpty()) {
      return;
    }
    empty()
        .write()
        .format("delta")
        .option("mergeSchema", "true")
        .mode(SaveMode.Append)
        .save(location);
  }

  String location() {
    return location;
  }

  /**
   * All rows, as the table is now. Columns that a table of an earlier layout lacks are null;
   * columns that others have added come along.
   */
  Dataset<Row> rows() {
    Dataset<Row> rows = stored();
    for (StructField field : layout.added(rows.schema())) {
      rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
    }
    return rows;
  }

  private Dataset<Row> stored() {
    return spark.read().format("delta").load(location);
  }

  /** Replaces all rows, in one transaction. */
  void replace(Dataset<Row> rows) {
    retrying(
        () ->
            described(rows)
                .write()
                .format("delta")
                .option("mergeSchema", "true")
                .mode(SaveMode.Overwrite)
                .save(location));
  }

  /** The table as it is now. */
  Snapshot snapshot() {
    return DeltaLog.forTable(spark, location).update(false, Option.empty(), Option.empty());
  }

  /** All rows as they were then, with the columns of the table. */
  Dataset<Row> rows(Snapshot then) {
    return spark.read().format("delta").option("versionAsOf", then.version()).load(location);
  }

  /** Columns that others have added to the table. */
  List<String> columnsOfOthers(Snapshot then) {
    return Arrays.stream(then.schema().fieldNames())
        .filter(name -> !layout.columns().contains(name))
        .toList();
  }

  /**
   * Adds rows, in one transaction that is refused where anything was added to the table or taken
   * from it since a snapshot. Delta's own appending would not look.
   *
   * @param rows with the columns of the layout, and maybe others
   * @param expected how many there are
   * @param bytes about how many they have; they are written to as few files as that takes
   * @return the number of the transaction
   * @throws DeltaConcurrentModificationException where the table has changed
   * @throws UserException where there are more rows or fewer by now; then nothing is added
   */
  long append(Dataset<Row> rows, long expected, Snapshot since, long bytes) {
    OptimisticTransaction transaction = begin(since);
    List<Action> actions = add(transaction, rows, expected, since, bytes);
    return transaction.commit(CollectionConverters.asScala(actions).toSeq(), APPENDING);
  }

  /**
   * Adds rows, and puts others in the place of those of some data files, in one transaction that is
   * refused as that of {@link #append} is. Rows go from file to file, one after the other, however
   * large they are.
   *
   * @param rows that are added, with the columns of the layout, and maybe others
   * @param expected how many there are
   * @param bytes about how many they have
   * @param stay take the place of all rows of the data files, with the columns of the table
   * @throws DeltaConcurrentModificationException where the table has changed
   * @throws UserException where there are more rows or fewer by now; then nothing is changed
   */
  void rewrite(Dataset<Row> rows, long expected, long bytes, DataFiles files, Dataset<Row> stay) {
    OptimisticTransaction transaction = begin(files.table());
    List<Action> actions = add(transaction, rows, expected, files.table(), bytes);
    actions.addAll(write(transaction, stay, files.bytes()));
    files.all().forEach(file -> actions.add(file.remove()));
    transaction.commit(
        CollectionConverters.asScala(actions).toSeq(), DeltaOperations.ManualUpdate$.MODULE$);
  }

  private OptimisticTransaction begin(Snapshot since) {
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, location).startTransaction(Option.empty(), Option.apply(since));
    transaction.readWholeTable();
    return transaction;
  }

  /**
   * Writes rows that are added. They may have been lost with an executor since they were counted,
   * and made again of files that are others by now: none may be missing for those they replace.
   */
  private List<Action> add(
      OptimisticTransaction transaction,
      Dataset<Row> rows,
      long expected,
      Snapshot since,
      long bytes) {
    List<String> there = Arrays.asList(rows.columns());
    Dataset<Row> added = described(rows, columnsOfOthers(since).stream().filter(there::contains));
    for (String missing : columnsOfOthers(since)) {
      if (!there.contains(missing)) {
        added = added.withColumn(missing, lit(null).cast(since.schema().apply(missing).dataType()));
      }
    }
    List<Action> actions = write(transaction, added, bytes);
    long written = rowsOf(since, actions);
    if (written != expected) {
      throw new UserException(
          ("%d of %d rows are left of what was made for '%s': files changed meanwhile, or an"
                  + " executor was lost; nothing of these rows was written; run the command again")
              .formatted(written, expected, location));
    }
    return actions;
  }

  private static List<Action> write(
      OptimisticTransaction transaction, Dataset<Row> rows, long bytes) {
    int files = (int) Math.min(Integer.MAX_VALUE, 1 + bytes / BYTES_PER_FILE);
    return new ArrayList<>(
        CollectionConverters.asJava(transaction.writeFiles(rows.coalesce(files))));
  }

  /** How many rows data files have. */
  private long rowsOf(Snapshot table, List<Action> actions) {
    List<AddFile> files = actions.stream().map(AddFile.class::cast).toList();
    return files.stream().allMatch(file -> file.numLogicalRecords().isDefined())
        ? files.stream().mapToLong(file -> (Long) file.numLogicalRecords().get()).sum()
        : rows(table, files).count();
  }

  private Dataset<Row> rows(Snapshot table, List<AddFile> files) {
    return DeltaLog.forTable(spark, location)
        .createDataFrame(table, CollectionConverters.asScala(files).toSeq(), false, Option.empty());
  }

  /**
   * Some data files of a table.
   *
   * @param table the table as it was then
   * @param rows all their rows
   */
  record DataFiles(Snapshot table, List<AddFile> all, Dataset<Row> rows) {
    private long bytes() {
      return all.stream().mapToLong(AddFile::size).sum();
    }
  }

  /**
   * The data files with these names, as they stand in URLs.
   *
   * @throws IllegalStateException where the table has no such file
   */
  DataFiles files(Snapshot table, Set<String> names) {
    List<AddFile> files =
        table
            .allFiles()
            .filter((FilterFunction<AddFile>) file -> names.contains(nameOf(file)))
            .collectAsList();
    if (files.size() < names.size()) {
      throw new IllegalStateException(
          "version %d of the table has %d of these files: %s"
              .formatted(table.version(), files.size(), names));
    }
    return new DataFiles(table, files, rows(table, files));
  }

  private static String nameOf(AddFile file) {
    String path = file.toPath().toUri().getRawPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** An assignment of every column of the layout, from a row that comes in, s. */
  Map<String, String> assignments() {
    Map<String, String> all = new LinkedHashMap<>();
    layout.columns().forEach(id -> all.put(id, "s." + id));
    return all;
  }

  /**
   * Lets those rows in that match no row of the table, in one transaction: one pass over what comes
   * in, since no row of the table can change.
   *
   * @param matching when a row of the table, t, and one that comes in, s, are the same
   * @return how many rows were let in
   */
  long insertMissing(Dataset<Row> incoming, Column matching) {
    AtomicLong inserted = new AtomicLong();
    retrying(
        () ->
            inserted.set(
                delta()
                    .as("t")
                    .merge(incoming.as("s"), matching)
                    .whenNotMatched()
                    .insertExpr(assignments())
                    .execute()
                    .head()
                    .<Long>getAs("num_inserted_rows")));
    return inserted.get();
  }

  /** The table, for a transaction; it has all columns of the layout by then. */
  DeltaTable delta() {
    addColumns();
    return DeltaTable.forPath(spark, location);
  }

  /**
   * What a transaction must look at, and the files it may conflict about.
   *
   * @param inRange rows of the table, called t, whose value of a column lies between the least and
   *     the greatest of those that come in
   * @param rows how many rows come in
   */
  record Range(Column inRange, long rows) {
    /**
     * The range of rows that come in.
     *
     * @param column of strings, by which the rows were sorted, roughly, when they were made
     * @return no value where nothing comes in
     */
    static Optional<Range> of(Dataset<Row> incoming, String column) {
      Row range = incoming.agg(min(column), max(column), count(lit(1))).head();
      return range.isNullAt(0)
          ? Optional.empty()
          : Optional.of(
              new Range(
                  col("t." + column).between(lit(range.getString(0)), lit(range.getString(1))),
                  range.getLong(2)));
    }
  }

  /** Runs a transaction, again where another one came in between. */
  void retrying(Runnable transaction) {
    TableLock.run(spark, location, () -> repeating(transaction));
  }

  private static void repeating(Runnable transaction) {
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
