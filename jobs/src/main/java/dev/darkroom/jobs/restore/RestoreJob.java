package dev.darkroom.jobs.restore;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.table.ArchiveSnapshot;
import dev.darkroom.jobs.table.Selection;
import dev.darkroom.jobs.table.UnreadRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Writes an archive's images back as files, or as the tars that they were members of. */
public final class RestoreJob {
  private final RestoreOptions options;

  /** A job that does what the options say. */
  public RestoreJob(RestoreOptions options) {
    this.options = options;
  }

  /**
   * Restores. One image that can't be is a line in the summary, and so is a data file of the table
   * that is missing or damaged; the others are not held up.
   *
   * @throws UserException where the table or the folder can't be opened, the listing can't be
   *     written, or no row is selected
   */
  public RestoreSummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    ArchiveSnapshot snapshot = ArchiveSnapshot.of(spark, options.input());
    NameRules rules = openTarget(hadoop);
    Selection selection = Selection.of(snapshot, options.where());
    LongAccumulator done = spark.sparkContext().longAccumulator("restored files");
    try (RestorePlan plan = new RestorePlan(selection, options, rules)) {
      long renamed = new NameListing(options.listing(), hadoop).write(plan.decided());
      try (Progress unused =
          console.progress("files", "restored", plan.decided().count(), done::value)) {
        Dataset<Row> outcomes =
            outcomes(plan, done, hadoop).persist(StorageLevel.MEMORY_AND_DISK());
        try {
          List<UnreadRows> unread =
              UnreadRows.between(plan.expected(), Selection.perDataFile(outcomes), hadoop);
          return summary(plan, outcomes, unread, renamed, started);
        } finally {
          outcomes.unpersist();
        }
      }
    }
  }

  private NameRules openTarget(Configuration hadoop) {
    try {
      TargetFolder.open(options.output(), hadoop);
      return NameRules.of(options.output(), options.names(), hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "output '%s' can't be made a folder: %s".formatted(options.output(), e.getMessage()), e);
    }
  }

  private Dataset<Row> outcomes(RestorePlan plan, LongAccumulator done, Configuration hadoop) {
    Dataset<Row> rows = plan.rows();
    Broadcast<SerializableConfiguration> broadcast =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
            .broadcast(new SerializableConfiguration(hadoop));
    Dataset<Row> files =
        rows.filter(not(col(RestorePlan.IN_TAR)))
            .mapPartitions(
                new RestoreImages(options.output(), options.overwrite(), broadcast, done),
                Encoders.row(RestoredOutcome.SCHEMA));
    if (options.form() == RestoreForm.FILES) {
      return files;
    }
    Dataset<Row> tars =
        rows.filter(col(RestorePlan.IN_TAR))
            .repartition(col(NameAssignment.TARGET))
            .sortWithinPartitions(NameAssignment.TARGET, "position", "source_path")
            .mapPartitions(
                new RestoreTars(options.output(), options.overwrite(), broadcast, done),
                Encoders.row(RestoredOutcome.SCHEMA));
    return files.union(tars);
  }

  private RestoreSummary summary(
      RestorePlan plan,
      Dataset<Row> outcomes,
      List<UnreadRows> unread,
      long renamed,
      long started) {
    Map<String, Long> counts = new HashMap<>();
    long bytes = 0;
    for (Row row : outcomes.groupBy("outcome").agg(count(lit(1)), sum("bytes")).collectAsList()) {
      counts.put(row.getString(0), row.getLong(1));
      bytes += row.getLong(2);
    }
    List<String> problems = new ArrayList<>();
    unread.stream().limit(RestoreSummary.MOST_PROBLEMS).forEach(rows -> problems.add(rows.line()));
    outcomes
        .filter(col("outcome").equalTo(RestoredOutcome.FAILED))
        .orderBy("source_path")
        .limit(RestoreSummary.MOST_PROBLEMS - problems.size())
        .collectAsList()
        .forEach(row -> problems.add(row.getString(0) + ": " + row.getString(2)));
    long written = counts.getOrDefault(RestoredOutcome.WRITTEN, 0L);
    long same = counts.getOrDefault(RestoredOutcome.SAME, 0L);
    long failed =
        counts.getOrDefault(RestoredOutcome.FAILED, 0L)
            + unread.stream().mapToLong(UnreadRows::rows).sum();
    Dataset<Row> members = plan.decided().filter(col(RestorePlan.IN_TAR));
    double seconds = (System.nanoTime() - started) / 1e9;
    return new RestoreSummary(
        options.input(),
        options.output(),
        written + same + failed,
        plan.superseded(),
        options.versions() == VersionChoice.ALL,
        plan.withoutPayload(),
        written,
        same,
        members.select(NameAssignment.TARGET).distinct().count(),
        members.count(),
        renamed,
        renamed > 0 ? options.listing() : "",
        failed,
        bytes,
        seconds,
        (written + same + failed) / seconds,
        problems);
  }
}
