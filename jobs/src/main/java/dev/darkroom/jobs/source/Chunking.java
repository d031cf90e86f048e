package dev.darkroom.jobs.source;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * How much is done at a time.
 *
 * @param images images to a chunk, which is one transaction; 1 or more
 * @param bytes bytes of the images of a chunk, which a single larger image may exceed; 1 or more
 * @param imagesPerTask the most files to a task, 1 or more; a table's partitions stay as they are
 * @param tasksPerCore into how many tasks for each core of the cluster a chunk is cut, where it has
 *     as many files; 1 or more
 */
public record Chunking(int images, long bytes, int imagesPerTask, int tasksPerCore) {
  /** So many that a transaction fits into the memory and the time that a small cluster has. */
  public static final long BYTES = 1L << 30;

  /** Refuses numbers below 1. */
  public Chunking {
    if (images < 1 || bytes < 1 || imagesPerTask < 1 || tasksPerCore < 1) {
      throw new IllegalArgumentException(
          "chunks and tasks must have 1 or more: %d, %d, %d, %d"
              .formatted(images, bytes, imagesPerTask, tasksPerCore));
    }
  }

  /** The least number of tasks, by the cores that the cluster has at this moment. */
  int leastTasks(JavaSparkContext context) {
    return tasksPerCore * context.defaultParallelism();
  }
}
