package dev.darkroom.jobs.generate;

import dev.darkroom.generation.DiffusionPipeline;
import dev.darkroom.generation.SampleOutcome;
import dev.darkroom.generation.SampleRequest;
import dev.darkroom.jobs.JobSpeed;
import dev.darkroom.jobs.cli.Sessions;
import dev.darkroom.jobs.table.GeneratedTable;
import dev.darkroom.udfs.generate.PipelineLease;
import dev.darkroom.udfs.generate.PipelineSource;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What Spark costs: images of the prompts of a file by the pipeline alone, and by the whole job, in
 * one process and in turns; by the job on a cluster of one executor and of two, each with one core;
 * and what a plan of many images takes.
 *
 * <p>Arguments: {@code engine <prompts> <seeds> <turns>}, {@code executors <prompts> <seeds>}, or
 * {@code plan <prompts> <seeds>}. The model is the one that comes along, or the folder in {@code
 * -Ddarkroom.model}.
 */
public final class GenerateReport {
  private static final int BATCH = 8;
  private static final PipelineSource SOURCE =
      new PipelineSource(System.getProperty("darkroom.model", PipelineSource.INSTALLED), "", BATCH);

  private final Path prompts;
  private final Seeds seeds;
  private final Path scratch;
  private int tables;

  private GenerateReport(Path prompts, Seeds seeds) throws IOException {
    this.prompts = prompts;
    this.seeds = seeds;
    this.scratch = Files.createTempDirectory("generate-report");
  }

  /** Prints a table. */
  public static void main(String[] args) throws Exception {
    GenerateReport report = new GenerateReport(Path.of(args[1]), Seeds.of(args[2]));
    switch (args[0]) {
      case "engine" -> report.engine(Integer.parseInt(args[3]));
      case "executors" -> report.speed().onExecutors();
      case "plan" -> report.plan();
      default -> throw new IllegalArgumentException(args[0] + " is no report");
    }
    Sessions.close();
  }

  private void engine(int turns) throws Exception {
    SparkSession spark = Sessions.open("report");
    try (PipelineLease lease = oneThread()) {
      speed()
          .besideEngine(
              spark, parts(lease.pipeline(), spark.sparkContext().defaultParallelism()), turns);
    }
  }

  /** The pipeline as a task with one core has it. */
  private static PipelineLease oneThread() {
    return SOURCE.open(GpuAssignment.none(), new Configuration(), 1);
  }

  /** How long it takes until the first image of many could be drawn, and what the driver holds. */
  private void plan() throws IOException {
    SparkSession spark = Sessions.open("report");
    GenerateOptions options = options();
    for (int turn = 1; turn <= 2; turn++) {
      long started = System.nanoTime();
      try (PipelineLease lease = oneThread();
          SamplePlan plan =
              SamplePlan.of(
                  spark,
                  PromptTable.open(spark, options),
                  options.wishes().matrix(lease.pipeline().defaults(), lease.pipeline().sampler()),
                  lease.pipeline().model().hash(),
                  GeneratedTable.openOrCreateLater(spark, options.output()),
                  true)) {
        SamplePlan.Chunk chunk = plan.chunks(options.chunk()).findFirst().orElseThrow();
        long first = plan.slice(chunk, 8).count();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
            "%d images planned, %d in the first chunk: %.1f s; %d MiB of heap in use%n",
            plan.pending(),
            first,
            (System.nanoTime() - started) / 1e9,
            (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      }
    }
  }

  private JobSpeed speed() throws IOException {
    return new JobSpeed(
        requests().size(),
        (spark, silent) -> new GenerateJob(options()).run(spark, silent).seconds());
  }

  private List<SampleRequest> requests() throws IOException {
    List<SampleRequest> requests = new ArrayList<>();
    for (String prompt : Files.readAllLines(prompts)) {
      for (long i = 0; i < seeds.size(); i++) {
        requests.add(new SampleRequest(prompt, "", seeds.at(i)));
      }
    }
    return requests;
  }

  /** What the pipeline draws, for as many threads as a local job has tasks. */
  private List<Callable<Integer>> parts(DiffusionPipeline pipeline, int threads)
      throws IOException {
    List<SampleRequest> requests = requests();
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int from = i * requests.size() / threads;
      int to = (i + 1) * requests.size() / threads;
      parts.add(() -> draw(pipeline, requests.subList(from, to)));
    }
    return parts;
  }

  private static int draw(DiffusionPipeline pipeline, List<SampleRequest> requests) {
    int drawn = 0;
    for (int i = 0; i < requests.size(); i += BATCH) {
      List<SampleOutcome> outcomes =
          pipeline.sample(
              requests.subList(i, Math.min(requests.size(), i + BATCH)), pipeline.defaults());
      drawn += outcomes.size();
    }
    return drawn;
  }

  private GenerateOptions options() {
    return GenerateOptions.of(
        prompts.toString(),
        Optional.empty(),
        seeds,
        scratch.resolve("images-" + tables++).toString(),
        SOURCE);
  }
}
