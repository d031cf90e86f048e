package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

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
 *     known_time}, {@code known_sha256}, {@code known_failed}; empty where nothing is to be left
 *     out
 * @param retryFailed whether images that failed before count as not archived
 */
public record Archived(Optional<Dataset<Row>> latest, boolean retryFailed) {
  /** Leaves nothing out. */
  public static Archived nothing() {
    return new Archived(Optional.empty(), true);
  }

  /** Adds the columns of {@link #latest} to rows with a {@code source_path}; null where unknown. */
  Dataset<Row> annotate(Dataset<Row> rows) {
    if (latest.isPresent()) {
      return rows.join(latest.get(), rows.col("source_path").equalTo(path()), "left").drop(path());
    }
    return rows.withColumn("known_size", lit(null).cast("bigint"))
        .withColumn("known_time", lit(null).cast("timestamp"))
        .withColumn("known_sha256", lit(null).cast("string"))
        .withColumn("known_failed", lit(null).cast("boolean"));
  }

  /**
   * Leaves out what is archived already, judged by the hash of the bytes.
   *
   * @param listed the columns of {@link Candidate#SCHEMA} without {@code known_sha256}
   * @return the columns of {@link Candidate#SCHEMA}
   */
  Dataset<Row> leaveOut(Dataset<Row> listed) {
    Dataset<Row> known = annotate(listed);
    Column same = sha2(known.col("content"), 256).eqNullSafe(known.col("known_sha256"));
    return known
        .filter(not(failedBefore(same)))
        .withColumn(
            "known_sha256", when(col("known_failed").eqNullSafe(lit(false)), col("known_sha256")))
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
    return and(col("known_failed").eqNullSafe(lit(false)), unchanged);
  }

  /** True for rows that failed before and are not to be tried again. */
  Column failedBefore(Column unchanged) {
    return and(and(col("known_failed").eqNullSafe(lit(true)), unchanged), lit(!retryFailed));
  }

  private static Column and(Column left, Column right) {
    return left.and(right);
  }
}
