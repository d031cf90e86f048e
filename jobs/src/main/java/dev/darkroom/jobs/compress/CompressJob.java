package dev.darkroom.jobs.compress;

import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.run.ChunkedRun;
import dev.darkroom.jobs.source.Archived;
import dev.darkroom.jobs.source.Chunking;
import dev.darkroom.jobs.source.Places;
import dev.darkroom.jobs.source.Reading;
import dev.darkroom.jobs.source.Slice;
import dev.darkroom.jobs.source.SourceChunk;
import dev.darkroom.jobs.source.SourcePlan;
import dev.darkroom.jobs.source.Sources;
import dev.darkroom.jobs.table.ArchiveTable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Compresses images into an archive table, chunk by chunk, each chunk in one transaction. A run
 * that ends early leaves whole chunks behind, and the next takes up from there.
 */
public final class CompressJob {
  /** Small enough that progress moves and a late task delays little. */
  private static final int IMAGES_PER_TASK = 16;

  private static final int TASKS_PER_CORE = 4;

  private final CompressOptions options;

  /** A job that does what the options say. */
  public CompressJob(CompressOptions options) {
    this.options = options;
  }

  /**
   * Compresses. What is wrong with one image ends in its row.
   *
   * @throws UserException where there is no input, or no table can be made
   */
  public CompressSummary run(SparkSession spark, Console console) {
    long started = System.nanoTime();
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    new Places(hadoop).refuseOutputInInput(options.input(), options.output());
    SourcePlan plan =
        new Sources(hadoop, options.limits().maxBytes(), Reading.MEMBERS)
            .open(options.input(), options.inputFormat(), options.columns(), Slice.ALL)
            .plan(
                spark,
                archived(spark),
                new Chunking(options.chunk(), Chunking.BYTES, IMAGES_PER_TASK, TASKS_PER_CORE));
    plan.warnings().forEach(warning -> console.err().println("darkroom: " + warning));
    ArchiveTable table = ArchiveTable.openOrCreate(spark, options.output());
    LongAccumulator done = spark.sparkContext().longAccumulator("compressed files");
    DevelopImages develop =
        new DevelopImages(
            DevelopSettings.of(options),
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .broadcast(new SerializableConfiguration(hadoop)),
            done);
    Run run = new Run(spark, develop, table);
    try (Progress unused = console.progress("files", "compressed", plan.pending(), done::value)) {
      run.run(spark.sparkContext(), plan.chunks().stream());
    }
    long otherProfile =
        run.tally.skipped(plan) == 0 ? 0 : table.codedOtherwise(options.profile().id());
    return run.tally.summary(options, plan, otherProfile, (System.nanoTime() - started) / 1e9);
  }

  private Archived archived(SparkSession spark) {
    if (!options.resume() || !ArchiveTable.exists(spark, options.output())) {
      return Archived.nothing();
    }
    Optional<Dataset<Row>> latest = ArchiveTable.open(spark, options.output()).latest();
    return new Archived(latest, options.retryFailed())
        .withNeedsFile(options.fidelity() == Fidelity.FILE)
        .withChecksum(options.checksum());
  }

  /** One run, chunk after chunk. */
  private static final class Run extends ChunkedRun<SourceChunk, DevelopedRows> {
    private final SparkSession spark;
    private final DevelopImages develop;
    private final ArchiveTable table;
    private final Tally tally = new Tally();

    Run(SparkSession spark, DevelopImages develop, ArchiveTable table) {
      this.spark = spark;
      this.develop = develop;
      this.table = table;
    }

    @Override
    protected Made<DevelopedRows> make(SourceChunk chunk) {
      Dataset<Row> developed =
          spark.createDataFrame(
              chunk.candidates(spark).javaRDD().mapPartitions(develop), DevelopImages.SCHEMA);
      return Made.of(developed, DevelopedRows::of);
    }

    @Override
    protected void commit(SourceChunk chunk, Made<DevelopedRows> made) {
      ArchiveTable.Merged merged = table.merge(made.rows(), made.counts().keys());
      tally.add(Tally.of(made.counts()));
      tally.note(merged);
    }
  }
}
