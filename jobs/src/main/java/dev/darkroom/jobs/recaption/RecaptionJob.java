package dev.darkroom.jobs.recaption;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.GpuCheck;
import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.run.ChunkedRun;
import dev.darkroom.jobs.source.Archived;
import dev.darkroom.jobs.source.Chunking;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.source.Reading;
import dev.darkroom.jobs.source.SourceChunk;
import dev.darkroom.jobs.source.SourcePlan;
import dev.darkroom.jobs.source.Sources;
import dev.darkroom.jobs.table.CaptionColumn;
import dev.darkroom.jobs.table.CaptionTable;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.udfs.gpu.GpuDemand;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Captions images into a caption table, chunk by chunk, each chunk in one transaction while the
 * next are captioned. A run that ends early leaves whole chunks behind, and the next asks what is
 * left.
 */
public final class RecaptionJob {
  private final RecaptionOptions options;

  /** A job that does what the options say. */
  public RecaptionJob(RecaptionOptions options) {
    this.options = options;
  }

  /**
   * Captions. What is wrong with one image ends in its rows.
   *
   * @throws UserException where there is no input, no captioner can be had, or no table can be made
   */
  public RecaptionSummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    new Places(hadoop).refuseOutputInInput(options.input(), options.output());
    GpuCheck.require(options.gpus(), spark.sparkContext().conf());
    SourcePlan plan =
        new Sources(hadoop, options.maxBytes(), Reading.SAMPLES)
            .open(options.input(), options.inputFormat(), options.columns(), options.slice())
            .plan(
                spark,
                Archived.nothing(),
                new Chunking(options.chunk(), Long.MAX_VALUE, options.imagesPerTask(), 1));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> settings =
        context.broadcast(new SerializableConfiguration(hadoop));
    ModelIdentity model = Preflight.check(context, settings, options.source(), options.gpus());
    CaptionTable table = CaptionTable.openOrCreateLater(spark, options.output());
    Run run = new Run(spark, table, settings, model, Meters.in(spark.sparkContext()));
    try (Progress unused = console.progress("captioned", () -> run.state(plan))) {
      run.run(spark.sparkContext(), plan.chunks().stream());
    }
    run.tally.looked(run.meters.seen().value(), run.meters.skipped().value());
    table.createIfMissing();
    RecaptionSummary.Checked checked = run.check();
    return run.tally.summary(options, model, checked, (System.nanoTime() - started) / 1e9);
  }

  /**
   * What is counted of a chunk.
   *
   * @param known what the table told of it before
   */
  private record Captioned(Known known, RecaptionTally tally) {}

  /** One run, chunk after chunk. */
  private final class Run extends ChunkedRun<SourceChunk, Captioned> {
    private final SparkSession spark;
    private final CaptionTable table;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final CaptionSettings settings;
    private final Meters meters;
    private final RecaptionTally tally = new RecaptionTally();
    private Optional<Canary> canary = Optional.empty();

    Run(
        SparkSession spark,
        CaptionTable table,
        Broadcast<SerializableConfiguration> hadoop,
        ModelIdentity model,
        Meters meters) {
      this.spark = spark;
      this.table = table;
      this.hadoop = hadoop;
      this.settings = CaptionSettings.of(options, model);
      this.meters = meters;
    }

    Progress.State state(SourcePlan plan) {
      long skipped = meters.skipped().value();
      return new Progress.State(
          meters.rows().value() / options.rowsPerImage(),
          Math.max(0, plan.pending() - skipped),
          meters.tokens().value());
    }

    @Override
    protected Made<Captioned> make(SourceChunk chunk) {
      Known known = Known.of(table, chunk, settings.questions().modelHash(), options.retried());
      Dataset<Row> rows =
          captioned(chunk.candidates(spark), settings, known, meters, options.gpus());
      return Made.of(rows, made -> new Captioned(known, RecaptionTally.of(made)));
    }

    @Override
    protected void commit(SourceChunk chunk, Made<Captioned> made) {
      Captioned counts = made.counts();
      if (counts.tally().rows() > 0 && counts.known().replaceable()) {
        table.merge(made.rows(), options.retried());
      } else if (counts.tally().rows() > 0) {
        table.insert(made.rows(), options.retried());
      }
      dropMended(chunk.containers(), made.rows());
      tally.add(counts.tally());
      if (canary.isEmpty()) {
        canary = Canary.choose(chunk, made.rows(), options.canaries());
      }
    }

    /** What was told of files that have been read to their end this time. */
    private void dropMended(List<String> containers, Dataset<Row> captioned) {
      if (containers.isEmpty()) {
        return;
      }
      List<String> damaged =
          captioned
              .filter(col("source_path").isin(containers.toArray()))
              .select("source_path")
              .as(Encoders.STRING())
              .collectAsList();
      List<String> sound = containers.stream().filter(path -> !damaged.contains(path)).toList();
      if (!sound.isEmpty()) {
        table.dropFailures(sound);
      }
    }

    RecaptionSummary.Checked check() {
      if (canary.isEmpty()) {
        return new RecaptionSummary.Checked(0, List.of());
      }
      Dataset<Row> alone =
          captioned(
              canary.get().candidates(spark),
              settings.alone(),
              Known.nothing(),
              Meters.in(spark.sparkContext()),
              options.gpus());
      return new RecaptionSummary.Checked(
          canary.get().captions().size(), canary.get().differences(alone));
    }

    private Dataset<Row> captioned(
        Dataset<Row> candidates, CaptionSettings how, Known known, Meters counted, GpuDemand gpus) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      JavaRDD<Row> rows =
          gpus.apply(candidates.javaRDD())
              .mapPartitions(new CaptionImages(how, hadoop, context.broadcast(known), counted));
      return spark.createDataFrame(rows, CaptionColumn.schema());
    }
  }
}
