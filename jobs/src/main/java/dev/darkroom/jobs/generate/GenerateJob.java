package dev.darkroom.jobs.generate;

import dev.darkroom.jobs.GpuCheck;
import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.run.ChunkedRun;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.table.GeneratedColumn;
import dev.darkroom.jobs.table.GeneratedTable;
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
    try (SamplePlan plan =
        SamplePlan.of(spark, prompts, model.matrix(), model.hash(), table, options.retryFailed())) {
      if (plan.planned() == 0) {
        throw new UserException(
            "prompts '%s' have no row, and so there is nothing to draw"
                .formatted(options.prompts()));
      }
      Run run = new Run(spark, plan, draw, table);
      try (Progress unused = console.progress("drawn", plan.pending(), done::value)) {
        run.run(spark.sparkContext(), plan.chunks(options.chunk()));
      }
      table.createIfMissing();
      long sheets = sheets(table, model);
      return run.tally.summary(options, model, plan, sheets, (System.nanoTime() - started) / 1e9);
    }
  }

  private long sheets(GeneratedTable table, OpenedModel model) {
    return options
        .grids()
        .map(folder -> new ContactSheets(folder).write(table.rows(), model.hash()))
        .orElse(0L);
  }

  /** One run, chunk after chunk. */
  private final class Run extends ChunkedRun<SamplePlan.Chunk, GenerateTally> {
    private final SparkSession spark;
    private final SamplePlan plan;
    private final GenerateImages draw;
    private final GeneratedTable table;
    private final GenerateTally tally = new GenerateTally();

    Run(SparkSession spark, SamplePlan plan, GenerateImages draw, GeneratedTable table) {
      this.spark = spark;
      this.plan = plan;
      this.draw = draw;
      this.table = table;
    }

    @Override
    protected Made<GenerateTally> make(SamplePlan.Chunk chunk) {
      JavaRDD<Row> planned = plan.slice(chunk, tasks(chunk.images()));
      return Made.of(
          spark.createDataFrame(
              options.gpus().apply(planned).mapPartitions(draw), GeneratedColumn.schema()),
          GenerateTally::of);
    }

    @Override
    protected void commit(SamplePlan.Chunk chunk, Made<GenerateTally> made) {
      table.insert(made.rows());
      tally.add(made.counts());
    }

    /** Tasks of whole batches, at least one for each core where there is enough to do. */
    private int tasks(long images) {
      long batch = options.source().batchSize();
      long cores = spark.sparkContext().defaultParallelism();
      long most = Math.max(batch, Math.min(options.imagesPerTask(), images / cores));
      return (int) Math.max(1, Math.min(100_000, (images + most - 1) / most));
    }
  }
}
