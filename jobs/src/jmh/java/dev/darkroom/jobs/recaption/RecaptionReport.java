package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.cli.Sessions;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Quantity;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import dev.darkroom.udfs.caption.CaptionerLease;
import dev.darkroom.udfs.caption.ModelSource;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What Spark costs: the captions of a folder's images by the engine alone, and by the whole job, in
 * one process and in turns; then by the job on a cluster of one executor and of two, each with one
 * core.
 *
 * <p>Arguments: {@code engine|executors}, a folder of images, the most new tokens, and for {@code
 * engine} how many turns. The model is the one that comes along, or the folder in {@code
 * -Ddarkroom.model}.
 */
public final class RecaptionReport {
  private static final ModelSource SOURCE =
      ModelSource.of(System.getProperty("darkroom.model", ModelSource.INSTALLED));

  private final Path folder;
  private final DecodingParameters decoding;
  private final Path scratch;
  private int tables;

  private RecaptionReport(Path folder, int maxNewTokens) throws IOException {
    this.folder = folder;
    this.decoding = DecodingParameters.greedy(maxNewTokens);
    this.scratch = Files.createTempDirectory("recaption-report");
  }

  /** Prints a table. */
  public static void main(String[] args) throws Exception {
    RecaptionReport report = new RecaptionReport(Path.of(args[1]), Integer.parseInt(args[2]));
    if (args[0].equals("engine")) {
      report.engine(Integer.parseInt(args[3]));
    } else {
      report.executors();
    }
    Sessions.close();
  }

  private void engine(int turns) throws Exception {
    SparkSession spark = Sessions.open("report");
    int cores = spark.sparkContext().defaultParallelism();
    List<byte[]> images = images();
    try (CaptionerLease lease = SOURCE.open(GpuAssignment.none(), new Configuration())) {
      alone(lease.captioner(), images, cores);
      job(spark);
      System.out.printf("%d images, %d cores%n", images.size(), cores);
      System.out.println("turn  engine images/s  job images/s  share");
      double engine = 0;
      double job = 0;
      for (int turn = 1; turn <= turns; turn++) {
        double a = images.size() / alone(lease.captioner(), images, cores);
        double b = images.size() / job(spark);
        engine += a / turns;
        job += b / turns;
        System.out.printf("%4d  %15.2f  %12.2f  %s%n", turn, a, b, share(b, a));
      }
      System.out.printf("mean  %15.2f  %12.2f  %s%n", engine, job, share(job, engine));
    }
  }

  private void executors() throws Exception {
    double[] seconds = new double[2];
    for (int executors = 1; executors <= 2; executors++) {
      System.setProperty("spark.master", "local-cluster[%d,1,1536]".formatted(executors));
      System.setProperty("spark.executor.extraClassPath", System.getProperty("java.class.path"));
      System.setProperty("spark.scheduler.minRegisteredResourcesRatio", "1");
      SparkSession spark = Sessions.open("report");
      job(spark);
      seconds[executors - 1] = job(spark);
      System.out.printf(
          "%d executors: %.2f images/s%n", executors, images().size() / seconds[executors - 1]);
      Sessions.close();
    }
    System.out.printf("two executors against one: %.2f times%n", seconds[0] / seconds[1]);
  }

  private static String share(double part, double whole) {
    return Quantity.share(Math.round(1000 * part), Math.round(1000 * whole));
  }

  private List<byte[]> images() throws IOException {
    List<byte[]> images = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        images.add(Files.readAllBytes(file));
      }
    }
    return images;
  }

  /** Seconds of the engine, called by as many threads as a local job has tasks. */
  private double alone(Captioner captioner, List<byte[]> images, int threads) throws Exception {
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      List<CaptionRequest> requests = new ArrayList<>();
      for (int k = i; k < images.size(); k += threads) {
        requests.add(
            new CaptionRequest(images.get(k), PromptTemplate.DETAILED.text(), decoding, 0));
      }
      parts.add(() -> count(captioner.caption(requests.iterator())));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long started = System.nanoTime();
      for (Future<Integer> part : pool.invokeAll(parts)) {
        part.get();
      }
      return (System.nanoTime() - started) / 1e9;
    } finally {
      pool.shutdown();
    }
  }

  private static int count(Iterator<CaptionOutcome> outcomes) {
    int count = 0;
    while (outcomes.hasNext()) {
      outcomes.next();
      count++;
    }
    return count;
  }

  /** Seconds of the whole job, from its listing to its last commit. */
  private double job(SparkSession spark) {
    RecaptionOptions defaults =
        RecaptionOptions.of(
            folder.toString(), scratch.resolve("captions-" + tables++).toString(), SOURCE);
    RecaptionOptions options =
        new RecaptionOptions(
            defaults.input(),
            defaults.inputFormat(),
            defaults.columns(),
            defaults.slice(),
            defaults.output(),
            SOURCE,
            defaults.prompts(),
            decoding,
            1,
            0,
            defaults.gpus(),
            defaults.chunk(),
            defaults.imagesPerTask(),
            defaults.retried(),
            defaults.maxBytes(),
            0);
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new RecaptionJob(options).run(spark, new Console(silent, silent, false)).seconds();
  }
}
