package dev.darkroom.jobs.score;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.GpuCheck;
import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.recaption.Preflight;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.table.ScoreColumn;
import dev.darkroom.jobs.table.ScoreTable;
import dev.darkroom.udfs.gpu.GpuDemand;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Scores the images of a table, judge by judge, and replaces the table of scores in one
 * transaction. An image's rows depend on the image, its prompt and the judge alone.
 */
public final class ScoreJob {
  private final ScoreOptions options;

  /** A job that does what the options say. */
  public ScoreJob(ScoreOptions options) {
    this.options = options;
  }

  /**
   * Scores. What is wrong with one image ends in its rows.
   *
   * @throws UserException where there is no such input, no judge can be had, or no table can be
   *     made
   */
  public ScoreSummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    new Places(hadoop).refuseOutputInInput(options.input(), options.output());
    GpuCheck.require(options.gpus(), spark.sparkContext().conf());
    Dataset<Row> input = ScoreInput.open(spark, options);
    long images = input.count();
    if (images == 0) {
      throw new UserException(
          "input '%s' has no rows, and so nothing to score".formatted(options.input()));
    }
    ScoreTable table = ScoreTable.toReplace(spark, options.output());
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> settings =
        context.broadcast(new SerializableConfiguration(hadoop));
    checkModels(context, settings);
    LongAccumulator done = spark.sparkContext().longAccumulator("images judged");
    Dataset<Row> spread = input.repartition(context.defaultParallelism(), col("key"));
    long kept;
    try (Progress unused =
        console.progress("scored", images * options.judges().size(), done::value)) {
      kept = table.replace(scores(spark, spread, settings, done));
    }
    return ScoreSummary.of(
        options, images, kept, table.rows(), (System.nanoTime() - started) / 1e9);
  }

  private void checkModels(
      JavaSparkContext context, Broadcast<SerializableConfiguration> settings) {
    for (JudgeSource judge : options.judges()) {
      if (judge instanceof JudgeSource.Llava llava) {
        Preflight.check(context, settings, llava.source(), options.gpus());
      }
    }
  }

  private Dataset<Row> scores(
      SparkSession spark,
      Dataset<Row> input,
      Broadcast<SerializableConfiguration> settings,
      LongAccumulator done) {
    SubjectReader reader = new SubjectReader(options.categoriesOfSets());
    List<Dataset<Row>> scored = new ArrayList<>();
    for (JudgeSource judge : options.judges()) {
      boolean isModel = judge instanceof JudgeSource.Llava;
      GpuDemand gpus = isModel ? options.gpus() : GpuDemand.none();
      JavaRDD<Row> rows =
          gpus.apply(input.javaRDD()).mapPartitions(new ScoreImages(judge, reader, settings, done));
      scored.add(spark.createDataFrame(rows, ScoreColumn.schema()));
    }
    return scored.stream().reduce(Dataset::unionByName).orElseThrow();
  }
}
