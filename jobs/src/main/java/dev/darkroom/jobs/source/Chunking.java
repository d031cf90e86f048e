package dev.darkroom.jobs.source;

/**
 * How much is done at a time.
 *
 * @param images images to a chunk, which is one transaction; 1 or more
 * @param imagesPerTask the most files to a task, 1 or more; a table's partitions stay as they are
 * @param leastTasks into how many tasks a chunk is cut where it has as many files, 1 or more
 */
public record Chunking(int images, int imagesPerTask, int leastTasks) {
  /** Refuses numbers below 1. */
  public Chunking {
    if (images < 1 || imagesPerTask < 1 || leastTasks < 1) {
      throw new IllegalArgumentException(
          "chunks and tasks must have 1 or more: %d, %d, %d"
              .formatted(images, imagesPerTask, leastTasks));
    }
  }
}
