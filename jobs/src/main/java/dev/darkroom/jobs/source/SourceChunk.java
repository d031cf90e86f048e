package dev.darkroom.jobs.source;

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
}
