package dev.darkroom.jobs.prune;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.SourceFolder;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.ArchiveSnapshot;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.table.Selection;
import dev.darkroom.jobs.table.UnreadRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Looks at an archive as it is now, at a verification, and at the originals. */
final class Examination implements AutoCloseable {
  private static final int FILES_PER_TASK = 4096;
  private static final int TASKS_PER_CORE = 4;

  private final PruneOptions options;
  private final Console console;
  private final SourceFolder folder;
  private final SparkSession session;
  private final Deque<Dataset<Row>> persisted = new ArrayDeque<>();
  private final Dataset<Row> archive;

  private Examination(
      PruneOptions options, Console console, SourceFolder folder, ArchiveSnapshot snapshot) {
    this.options = options;
    this.console = console;
    this.folder = folder;
    this.session = snapshot.session();
    this.archive =
        persist(
            snapshot
                .rows()
                .select(
                    Verdicts.columns(
                        Stream.concat(
                            Verdicts.STORED.stream().map(ArchiveColumn::id),
                            Stream.of(ArchiveSnapshot.DATA_FILE)))));
  }

  /**
   * Opens folder and archive.
   *
   * @throws UserException where one is not there, or rows of the archive can't be read: which row
   *     of a path is the newest is not known without them
   */
  static Examination open(PruneOptions options, SparkSession spark, Console console) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    SourceFolder folder = SourceFolder.open(options.images(), hadoop);
    ArchiveSnapshot snapshot = ArchiveSnapshot.of(spark, options.archive());
    Selection selection = Selection.of(snapshot, Optional.empty());
    Examination examination = new Examination(options, console, folder, snapshot);
    List<UnreadRows> unread =
        UnreadRows.between(
            selection.expected(), Selection.perDataFile(examination.archive), hadoop);
    if (!unread.isEmpty()) {
      examination.close();
      throw new UserException(
          "which rows of '%s' are the newest is not known, and nothing may go: %s"
              .formatted(options.archive(), unread.get(0).line()));
    }
    return examination;
  }

  /** The folder of the originals. */
  SourceFolder folder() {
    return folder;
  }

  /** The newest row of each path, with the columns of {@link Verdicts#STORED}. */
  Dataset<Row> newest() {
    return ArchiveTable.newest(archive.drop(ArchiveSnapshot.DATA_FILE));
  }

  /** The same, of the paths of some rows alone. */
  Dataset<Row> newestOf(Dataset<Row> rows) {
    Dataset<Row> newest = newest();
    Dataset<Row> paths = rows.select(col("source_path").as("wanted_path"));
    return newest.join(paths, col("source_path").equalTo(col("wanted_path")), "left_semi");
  }

  /**
   * Columns of a Parquet table that a job wrote.
   *
   * @return no value where there is no such table
   */
  Optional<Dataset<Row>> read(String location, List<String> columns) {
    try {
      return Optional.of(
          session
              .read()
              .option("ignoreMissingFiles", false)
              .option("ignoreCorruptFiles", false)
              .parquet(location)
              .select(Verdicts.columns(columns.stream())));
    } catch (Exception e) {
      // Scala code throws checked exceptions without saying so.
      if (e instanceof AnalysisException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Judges originals by what archive and verification say, and reads those that may go.
   *
   * @param newest the newest rows of some paths
   * @param verified the columns of {@link Verdicts#OUTCOME}
   */
  Findings of(Dataset<Row> newest, Dataset<Row> verified) {
    Dataset<Row> verdicts = persist(Verdicts.of(newest, verified, options.keptAsPixels()));
    long total = verdicts.count();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    LongAccumulator done = session.sparkContext().longAccumulator("checked originals");
    Dataset<Row> checked =
        persist(
            verdicts
                .repartition(tasks(total, context.defaultParallelism()), col("source_path"))
                .mapPartitions(
                    new CheckOriginals(
                        options.images(),
                        context.broadcast(
                            new SerializableConfiguration(context.hadoopConfiguration())),
                        done),
                    Encoders.row(CheckOriginals.SCHEMA)));
    try (Progress unused = console.progress("files", "checked", total, done::value)) {
      Map<String, Long> kept = new HashMap<>();
      long superfluous = 0;
      for (Row row : checked.groupBy(Verdicts.REASON).count().collectAsList()) {
        if (row.isNullAt(0)) {
          superfluous = row.getLong(1);
        } else {
          kept.put(row.getString(0), row.getLong(1));
        }
      }
      return new Findings(checked, superfluous, kept);
    }
  }

  /** Enough that cores have about as many bytes to read, and that a task is done again soon. */
  private static int tasks(long files, int cores) {
    long least = Math.min(files, (long) TASKS_PER_CORE * cores);
    return (int) Math.max(1, Math.max(least, files / FILES_PER_TASK));
  }

  private Dataset<Row> persist(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    persisted.push(kept);
    return kept;
  }

  @Override
  public void close() {
    persisted.forEach(Dataset::unpersist);
    persisted.clear();
  }

  /**
   * What was found. Its rows can be read for as long as the examination is open.
   *
   * @param rows the columns of {@link CheckOriginals#SCHEMA}
   * @param superfluous how many originals may go
   * @param kept how many must stay, by the reason
   */
  record Findings(Dataset<Row> rows, long superfluous, Map<String, Long> kept) {
    /** The rows of a listing. */
    Dataset<Row> listing() {
      return rows.drop(CheckOriginals.PROBLEM);
    }

    /** The rows of originals that may go. */
    Dataset<Row> superfluousRows() {
      return rows.filter(col(Verdicts.REASON).isNull())
          .select(
              Verdicts.columns(
                  Stream.of(
                          ArchiveColumn.SOURCE_PATH,
                          ArchiveColumn.FILE_SIZE,
                          ArchiveColumn.MODIFICATION_TIME)
                      .map(ArchiveColumn::id)));
    }

    /** Originals that could not be read. */
    Failures unreadable() {
      Failures failures = new Failures();
      long count = kept.getOrDefault(Reason.UNREADABLE.text(), 0L);
      if (count > 0) {
        failures.add(
            rows
                .filter(col(CheckOriginals.PROBLEM).isNotNull())
                .orderBy("source_path")
                .limit(Failures.MOST_LINES)
                .collectAsList()
                .stream()
                .map(row -> row.getAs("source_path") + ": " + row.getAs(CheckOriginals.PROBLEM))
                .toList(),
            count);
      }
      return failures;
    }
  }
}
