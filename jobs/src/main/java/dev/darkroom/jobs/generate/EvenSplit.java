package dev.darkroom.jobs.generate;

import java.util.Objects;
import org.apache.spark.Partitioner;

/** Gives each task as many neighbouring numbers as any other, or one more. */
final class EvenSplit extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final long first;
  private final long count;
  private final int tasks;

  /**
   * Splits the numbers from first to first + count - 1.
   *
   * @param tasks into how many parts, 1 or more
   */
  EvenSplit(long first, long count, int tasks) {
    this.first = first;
    this.count = count;
    this.tasks = tasks;
  }

  @Override
  public int numPartitions() {
    return tasks;
  }

  @Override
  public int getPartition(Object number) {
    return (int) (((Long) number - first) * tasks / count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EvenSplit split
        && split.first == first
        && split.count == count
        && split.tasks == tasks;
  }

  @Override
  public int hashCode() {
    return Objects.hash(first, count, tasks);
  }
}
