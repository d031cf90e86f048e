package dev.darkroom.jobs.source;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Images that are developed and committed together. */
public interface SourceChunk {
  /** How many images it holds; for a table an estimate. */
  long images();

  /**
   * The images as rows of {@link Candidate#SCHEMA}, in partitions of about equal work. Evaluated
   * anew each time it is read.
   */
  Dataset<Row> candidates(SparkSession spark);

  /**
   * Those rows of a table that may be about this chunk's images; never fewer, and few enough to be
   * looked at on the driver.
   *
   * @param rows with a column {@code source_path}
   */
  Dataset<Row> among(Dataset<Row> rows);

  /** Paths of files that hold many images, and that themselves can be missing or damaged. */
  default List<String> containers() {
    return List.of();
  }
}
