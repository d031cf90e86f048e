package dev.darkroom.jobs.prune;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.Places;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Lists and deletes the files that an archive of images makes superfluous.
 *
 * <p>An original may go if its newest row in the archive
 *
 * <ul>
 *   <li>is a row of a file of its own, and not of a tar's member;
 *   <li>was verified as it is now, and verified as a file: byte for byte. Where pixels are said to
 *       be enough, a row that was verified as pixels will do;
 *   <li>has the size, the time and the SHA-256 that the file has now.
 * </ul>
 *
 * <p>Hidden files stay, and so do links and what is reached through one.
 */
public final class PruneJob {
  private final PruneOptions options;

  /** A job that does what the options say. */
  public PruneJob(PruneOptions options) {
    this.options = options;
  }

  /**
   * The dry run: writes a row for each path in the archive, and whether and why its file must stay.
   * A listing that is there is replaced; nothing else changes.
   *
   * @param outcomes what {@code verify} kept of each row, as Parquet
   * @throws UserException where there is no folder, archive or verification, where rows of the
   *     archive can't be read, or the listing would lie among what is read
   */
  public ListSummary list(SparkSession spark, Console console, String outcomes) {
    long started = System.nanoTime();
    Places places = new Places(spark.sparkContext().hadoopConfiguration());
    Stream.of(options.images(), options.archive(), outcomes)
        .forEach(input -> places.refuseOverlap(input, options.listing()));
    try (Examination examination = Examination.open(options, spark, console)) {
      Dataset<Row> verified =
          examination
              .read(outcomes, Verdicts.OUTCOME)
              .orElseThrow(
                  () ->
                      new UserException(
                          "there are no outcomes of a verification at '%s'; run 'darkroom verify --outcomes' first"
                              .formatted(outcomes)));
      Examination.Findings findings = examination.of(examination.newest(), verified);
      findings.listing().write().mode(SaveMode.Overwrite).parquet(options.listing());
      Failures failures = findings.unreadable();
      return new ListSummary(
          options.images(),
          options.archive(),
          options.listing(),
          findings.superfluous(),
          findings.kept(),
          failures.count(),
          failures.lines(),
          seconds(started));
    }
  }

  /**
   * Deletes the originals that were listed to go, after the same checks once more. One that can't
   * be deleted is a line in the summary; the others are not held up.
   *
   * @throws UserException where there is no folder, archive or listing, or where rows of the
   *     archive can't be read
   */
  public DeleteSummary delete(SparkSession spark, Console console) {
    long started = System.nanoTime();
    try (Examination examination = Examination.open(options, spark, console)) {
      Dataset<Row> listing =
          examination
              .read(options.listing(), List.of(Verdicts.SCHEMA.fieldNames()))
              .orElseThrow(
                  () ->
                      new UserException(
                          "there is no listing at '%s'; run 'darkroom prune' without --delete first, and look at it"
                              .formatted(options.listing())));
      Dataset<Row> listed =
          listing
              .filter(listing.col(Verdicts.REASON).isNull())
              .select(Verdicts.columns(Verdicts.OUTCOME.stream()));
      Examination.Findings findings = examination.of(examination.newestOf(listed), listed);
      Failures failures = findings.unreadable();
      Deletion deletion = new Deletion(examination.folder(), failures);
      try (Progress unused =
          console.progress("files", "deleted", findings.superfluous(), deletion::deleted)) {
        deletion.delete(findings.superfluousRows().toLocalIterator());
      }
      return new DeleteSummary(
          options.images(),
          options.archive(),
          options.listing(),
          deletion.deleted(),
          findings.kept(),
          failures.count(),
          failures.lines(),
          seconds(started));
    }
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }
}
