package dev.darkroom.jobs.generate;

import dev.darkroom.jobs.GpuCheck;
import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.table.BackgroundCommits;
import dev.darkroom.jobs.table.GeneratedColumn;
import dev.darkroom.jobs.table.GeneratedTable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Draws images into a table, chunk by chunk, each chunk in one transaction while the next is drawn.
 * A run that ends early leaves whole chunks behind, and the next draws what is left.
 */
public final class GenerateJob {
  private final GenerateOptions options;

  /** A job that does what the options say. */
  public GenerateJob(GenerateOptions options) {
    this.options = options;
  }

  /**
   * Draws. What is wrong with one image ends in its row.
   *
   * @throws UserException where there are no prompts, the model can't be had or can't do what is
   *     wished, or no table can be made
   */
  public GenerateSummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    GpuCheck.require(options.gpus(), context.getConf());
    Configuration conf = spark.sparkContext().hadoopConfiguration();
    new Places(conf).refuseOutputInInput(options.prompts(), options.output());
    Dataset<Row> prompts = PromptTable.open(spark, options);
    GeneratedTable table = GeneratedTable.openOrCreateLater(spark, options.output());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(conf));
    OpenedModel model = OpenedModel.of(context, hadoop, options);
    LongAccumulator done = spark.sparkContext().longAccumulator("images drawn");
    GenerateImages draw =
        new GenerateImages(
            new GenerateSettings(
                options.source(), model.model(), model.hash(), options.compressed()),
            hadoop,
            done);
    GenerateTally tally = new GenerateTally();
    try (SamplePlan plan =
        SamplePlan.of(spark, prompts, model.matrix(), model.hash(), table, options.retryFailed())) {
      if (plan.planned() == 0) {
        throw new UserException(
            "prompts '%s' have no row, and so there is nothing to draw"
                .formatted(options.prompts()));
      }
      try (Progress unused = console.progress("drawn", plan.pending(), done::value);
          BackgroundCommits commits = new BackgroundCommits(spark.sparkContext())) {
        for (long first = 0; first < plan.pending(); first += options.chunk()) {
          long count = Math.min(options.chunk(), plan.pending() - first);
          Dataset<Row> drawn =
              spark
                  .createDataFrame(
                      options
                          .gpus()
                          .apply(plan.slice(first, count, tasks(context, count)))
                          .mapPartitions(draw),
                      GeneratedColumn.schema())
                  .persist(StorageLevel.DISK_ONLY());
          GenerateTally made = GenerateTally.of(drawn);
          commits.submit(() -> commit(table, drawn, made, tally));
        }
        commits.await();
      }
      table.createIfMissing();
      long sheets = sheets(table, model);
      return tally.summary(options, model, plan, sheets, (System.nanoTime() - started) / 1e9);
    }
  }

  /** Tasks of whole batches, at least one for each core where there is enough to do. */
  private int tasks(JavaSparkContext context, long images) {
    long batch = options.source().batchSize();
    long most =
        Math.max(batch, Math.min(options.imagesPerTask(), images / context.defaultParallelism()));
    return (int) Math.max(1, Math.min(100_000, (images + most - 1) / most));
  }

  private static void commit(
      GeneratedTable table, Dataset<Row> drawn, GenerateTally made, GenerateTally tally) {
    try {
      table.insert(drawn);
      tally.add(made);
    } finally {
      drawn.unpersist();
    }
  }

  private long sheets(GeneratedTable table, OpenedModel model) {
    return options
        .grids()
        .map(folder -> new ContactSheets(folder).write(table.rows(), model.hash()))
        .orElse(0L);
  }
}
