package dev.darkroom.jobs.source;

import org.apache.spark.sql.SparkSession;

/** A place that images come from. */
public interface ImageSource {
  /**
   * Lists the images and plans the chunks.
   *
   * @param archived what may be left out
   * @param chunking how much is done at a time
   * @throws dev.darkroom.jobs.UserException where there is no image, or the source can't be read
   */
  SourcePlan plan(SparkSession spark, Archived archived, Chunking chunking);
}
