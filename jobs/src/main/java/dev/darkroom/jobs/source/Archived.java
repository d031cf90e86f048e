package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What the archive already holds, so that a source can leave it out.
 *
 * @param latest one row for each path, its newest: {@code source_path}, {@code known_size}, {@code
 *     known_time}, {@code known_sha256}, {@code known_failed}, {@code known_file} (whether the row
 *     gives back the file and not its pixels alone); empty where nothing is to be left out
 * @param retryFailed whether images that failed before count as not archived
 * @param needsFile whether images that the archive has as pixels alone count as not archived
 * @param checksum whether files are read to find out that they are the same, even where size and
 *     time say so
 */
public record Archived(
    Optional<Dataset<Row>> latest, boolean retryFailed, boolean needsFile, boolean checksum) {
  /** What archives hold that are asked no more than this of. */
  public Archived(Optional<Dataset<Row>> latest, boolean retryFailed) {
    this(latest, retryFailed, false, false);
  }

  /** Leaves nothing out. */
  public static Archived nothing() {
    return new Archived(Optional.empty(), true);
  }

  /** The same, but for whether pixels alone are enough. */
  public Archived withNeedsFile(boolean needed) {
    return new Archived(latest, retryFailed, needed, checksum);
  }

  /** The same, but for whether size and time are enough. */
  public Archived withChecksum(boolean read) {
    return new Archived(latest, retryFailed, needsFile, read);
  }

  /** Adds the columns of {@link #latest} to rows with a {@code source_path}; null where unknown. */
  Dataset<Row> annotate(Dataset<Row> rows) {
    if (latest.isPresent()) {
      return rows.join(latest.get(), rows.col("source_path").equalTo(path()), "left").drop(path());
    }
    return rows.withColumn("known_size", lit(null).cast("bigint"))
        .withColumn("known_time", lit(null).cast("timestamp"))
        .withColumn("known_sha256", lit(null).cast("string"))
        .withColumn("known_failed", lit(null).cast("boolean"))
        .withColumn("known_file", lit(null).cast("boolean"));
  }

  /**
   * Judges by the hash of the bytes what is archived already. A row that failed before and is not
   * to be tried again stays, with that as its problem, so that it is counted.
   *
   * @param listed the columns of {@link Candidate#SCHEMA} without {@code known_sha256}
   * @return the columns of {@link Candidate#SCHEMA}
   */
  Dataset<Row> judge(Dataset<Row> listed) {
    Dataset<Row> known = annotate(listed);
    Column same = sha2(known.col("content"), 256).eqNullSafe(known.col("known_sha256"));
    Column notTried = failedBefore(same);
    Column type = when(notTried, lit(SourceProblem.Type.NOT_TRIED.name()));
    return known
        .withColumn("problem_type", coalesce(type, col("problem_type")))
        .withColumn(
            "problem_message",
            coalesce(when(notTried, lit("it failed before")), col("problem_message")))
        // Last, as the columns above need what it was.
        .withColumn("known_sha256", when(isArchived(), col("known_sha256")))
        .select(
            Arrays.stream(Candidate.SCHEMA.fieldNames())
                .map(functions::col)
                .toArray(Column[]::new));
  }

  private Column path() {
    return latest.orElseThrow().col("source_path");
  }

  /** True for rows that are archived, and whose {@code unchanged} condition holds. */
  Column done(Column unchanged) {
    return and(isArchived(), unchanged);
  }

  /** True for rows whose path is archived as well as it is asked for. */
  Column isArchived() {
    Column there = col("known_failed").eqNullSafe(lit(false));
    return needsFile ? and(there, col("known_file").eqNullSafe(lit(true))) : there;
  }

  /**
   * True for files that have not changed since, as far as size and time tell. A time that is
   * missing, or 1970 as some object stores say, tells nothing.
   */
  Column unchanged() {
    return and(
            col("file_size").eqNullSafe(col("known_size")),
            col("modification_time").eqNullSafe(col("known_time")))
        .and(col("known_time").isNotNull())
        .and(col("known_time").notEqual(lit(new Timestamp(0))))
        .and(lit(!checksum));
  }

  /** True for rows that failed before and are not to be tried again. */
  Column failedBefore(Column unchanged) {
    return and(and(col("known_failed").eqNullSafe(lit(true)), unchanged), lit(!retryFailed));
  }

  private static Column and(Column left, Column right) {
    return left.and(right);
  }
}
