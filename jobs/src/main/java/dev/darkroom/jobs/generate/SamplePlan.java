package dev.darkroom.jobs.generate;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.table.GeneratedTable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The images that are still to be drawn, numbered in the order of their prompts, on the executors'
 * disks: the driver knows how many there are, and holds none.
 */
final class SamplePlan implements AutoCloseable {
  private final JavaPairRDD<Long, Row> numbered;
  private final long planned;
  private final long pending;

  private SamplePlan(JavaPairRDD<Long, Row> numbered, long planned, long pending) {
    this.numbered = numbered;
    this.planned = planned;
    this.pending = pending;
  }

  /**
   * Plans.
   *
   * @param prompts with {@code prompt_set} and {@code prompt}
   * @param retryFailed whether what the table tells of failures is tried again
   */
  static SamplePlan of(
      SparkSession spark,
      Dataset<Row> prompts,
      Matrix matrix,
      String modelHash,
      GeneratedTable table,
      boolean retryFailed) {
    Dataset<Row> wanted =
        spark
            .createDataFrame(
                prompts.javaRDD().flatMap(new PlanSamples(matrix, modelHash)), PlannedSample.SCHEMA)
            .dropDuplicates("key")
            .persist(StorageLevel.DISK_ONLY());
    long planned = wanted.count();
    Dataset<Row> left = wanted;
    if (table.isThere()) {
      Dataset<Row> drawn = table.rows();
      if (retryFailed) {
        drawn = drawn.filter(col("status").notEqual(GeneratedTable.FAILED));
      }
      left =
          wanted.join(
              drawn.select("key"), wanted.col("key").equalTo(drawn.col("key")), "left_anti");
    }
    JavaPairRDD<Long, Row> numbered =
        left.orderBy(
                "final_prompt",
                "negative_prompt",
                "step",
                "cfg",
                "sampler",
                "minority",
                "width",
                "height",
                "seed")
            .javaRDD()
            .zipWithIndex()
            .mapToPair(Tuple2::swap)
            .persist(StorageLevel.DISK_ONLY());
    long pending = numbered.count();
    wanted.unpersist();
    return new SamplePlan(numbered, planned, pending);
  }

  /** How many images were asked for. */
  long planned() {
    return planned;
  }

  /** How many of them are to be drawn now. */
  long pending() {
    return pending;
  }

  /**
   * A run of numbers.
   *
   * @param first the number of its first image
   * @param images how many there are
   */
  record Chunk(long first, long images) {}

  /**
   * All of them, in order.
   *
   * @param images how many a chunk has at most
   */
  Stream<Chunk> chunks(long images) {
    return LongStream.range(0, (pending + images - 1) / images)
        .map(number -> number * images)
        .mapToObj(first -> new Chunk(first, Math.min(images, pending - first)));
  }

  /**
   * A chunk, evenly spread over tasks, neighbours together.
   *
   * @param tasks over how many tasks
   */
  JavaRDD<Row> slice(Chunk chunk, int tasks) {
    long first = chunk.first();
    long end = first + chunk.images();
    return numbered
        .filter(sample -> sample._1 >= first && sample._1 < end)
        .repartitionAndSortWithinPartitions(new EvenSplit(first, chunk.images(), tasks))
        .values();
  }

  @Override
  public void close() {
    numbered.unpersist();
  }
}
