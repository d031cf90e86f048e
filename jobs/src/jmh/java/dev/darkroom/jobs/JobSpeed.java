package dev.darkroom.jobs;

import dev.darkroom.jobs.cli.Sessions;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Quantity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;

/** How many images a job does in a second, beside its engine alone, and on more executors. */
public final class JobSpeed {
  /** A whole job, from its planning to its last commit. */
  @FunctionalInterface
  public interface Job {
    /**
     * Runs it.
     *
     * @return the seconds it took
     */
    double run(SparkSession spark, Console silent);
  }

  private final int images;
  private final Job job;
  private final Console silent;

  /**
   * A job.
   *
   * @param images that each run of it does
   * @param job runs it
   */
  public JobSpeed(int images, Job job) {
    this.images = images;
    this.job = job;
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    this.silent = new Console(nowhere, nowhere, false);
  }

  /**
   * Prints the speed of the engine alone and of the job, in turns, in one process.
   *
   * @param engine the job's images in as many parts as a local job has tasks at once, each of which
   *     returns how many it did
   */
  public void besideEngine(SparkSession spark, List<Callable<Integer>> engine, int turns)
      throws Exception {
    job.run(spark, silent);
    together(engine);
    System.out.printf("%d images, %d cores%n", images, engine.size());
    System.out.println("turn  engine images/s  job images/s  share");
    double alone = 0;
    double whole = 0;
    for (int turn = 1; turn <= turns; turn++) {
      double a = images / together(engine);
      double b = images / job.run(spark, silent);
      alone += a / turns;
      whole += b / turns;
      System.out.printf("%4d  %15.2f  %12.2f  %s%n", turn, a, b, share(b, a));
    }
    System.out.printf("mean  %15.2f  %12.2f  %s%n", alone, whole, share(whole, alone));
  }

  /**
   * Prints the job's speed on a cluster of one executor and of two. Each has a core and a JVM that
   * knows of one processor, so that collecting garbage and decoding share it.
   */
  public void onExecutors() throws IOException {
    // Spark's launcher wants the folder; the jars come by the executors' class path.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    double[] seconds = new double[2];
    for (int executors = 1; executors <= 2; executors++) {
      System.setProperty("spark.master", "local-cluster[%d,1,1536]".formatted(executors));
      System.setProperty("spark.executor.extraClassPath", System.getProperty("java.class.path"));
      System.setProperty("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=1");
      System.setProperty("spark.scheduler.minRegisteredResourcesRatio", "1");
      SparkSession spark = Sessions.open("report");
      job.run(spark, silent);
      seconds[executors - 1] = job.run(spark, silent);
      System.out.printf(
          "%d executors: %.2f images/s%n", executors, images / seconds[executors - 1]);
      Sessions.close();
    }
    System.out.printf("two executors against one: %.2f times%n", seconds[0] / seconds[1]);
  }

  /** Seconds until all parts are done, each in a thread of its own. */
  private static double together(List<Callable<Integer>> parts) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(parts.size());
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

  private static String share(double part, double whole) {
    return Quantity.share(Math.round(1000 * part), Math.round(1000 * whole));
  }
}
