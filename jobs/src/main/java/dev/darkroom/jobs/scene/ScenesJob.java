package dev.darkroom.jobs.scene;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/** Writes scenes as a Parquet table, in order of their index. */
public final class ScenesJob {
  private static final long SCENES_PER_PARTITION = 2000;

  private final ScenesOptions options;

  /** A job that does what the options say. */
  public ScenesJob(ScenesOptions options) {
    this.options = options;
  }

  /**
   * Writes the table.
   *
   * @throws UserException where the output can't be written or is there already
   */
  public ScenesSummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    refuseWhatIsThere(spark);
    LongAccumulator done = spark.sparkContext().longAccumulator("scenes");
    LongAccumulator bytes = spark.sparkContext().longAccumulator("bytes of scenes");
    try (Progress unused = console.progress("drawn", options.count(), done::value)) {
      rows(spark, done, bytes).write().parquet(options.output());
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return new ScenesSummary(
        options.output(),
        options.count(),
        options.seed(),
        options.size(),
        bytes.value(),
        seconds,
        options.count() / seconds);
  }

  private Dataset<Row> rows(SparkSession spark, LongAccumulator done, LongAccumulator bytes) {
    long cores = spark.sparkContext().defaultParallelism();
    long partitions =
        Math.max(Math.min(cores, options.count()), 1 + options.count() / SCENES_PER_PARTITION);
    return spark.createDataFrame(
        spark
            .range(0, options.count(), 1, (int) Math.min(partitions, 100_000))
            .as(Encoders.LONG())
            .javaRDD()
            .mapPartitions(new SceneRows(options.seed(), options.size(), done, bytes)),
        SceneRows.SCHEMA);
  }

  private void refuseWhatIsThere(SparkSession spark) {
    try {
      Path path = new Path(options.output());
      FileSystem fs = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (fs.exists(path)) {
        throw new UserException(
            "output '%s' is there already and scenes are only written anew; name another place"
                .formatted(options.output()));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "output '%s' can't be reached: %s; check path and credentials"
              .formatted(options.output(), e.getMessage()),
          e);
    }
  }
}
