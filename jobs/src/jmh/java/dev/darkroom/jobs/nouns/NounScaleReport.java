package dev.darkroom.jobs.nouns;

import dev.darkroom.jobs.cli.Sessions;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.source.TextTable;
import dev.darkroom.recaption.nouns.NounDensity;
import dev.darkroom.recaption.nouns.WordForm;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * How time and the driver's memory grow with the captions that {@code nouns} counts: on a cluster
 * of two executors, each a process with one core, so that the driver holds its own alone.
 *
 * <p>Arguments: a table of captions, its column, and how many captions to count, several times.
 * They are made of the table's by repetition and mutation: in each, one word gives way to one of
 * another caption, and every tenth gets a word that is nowhere else.
 */
public final class NounScaleReport {
  private NounScaleReport() {}

  /** Prints a table. */
  public static void main(String[] args) throws IOException {
    System.setProperty("spark.master", "local-cluster[2,1,3072]");
    System.setProperty("spark.executor.memory", "3g");
    System.setProperty("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    System.setProperty("spark.scheduler.minRegisteredResourcesRatio", "1");
    SparkSession spark = Sessions.open("report");
    Path scratch = Files.createTempDirectory("noun-scale");
    TextTable table = TextTable.open(spark, "input", args[0]);
    List<String> captions =
        table.rows().select(table.text(args[1])).na().drop().as(Encoders.STRING()).collectAsList();
    System.out.println("   captions   seconds  captions/s     different nouns  driver MiB");
    count(
        spark, made(spark, captions, 10_000, scratch.resolve("warm-up")), scratch.resolve("nouns"));
    for (int i = 2; i < args.length; i++) {
      long number = Long.parseLong(args[i]);
      String input = made(spark, captions, number, scratch.resolve("captions-" + number));
      resetPeaks();
      NounsSummary summary = count(spark, input, scratch.resolve("nouns"));
      System.out.printf(
          "%11d  %8.1f  %10.0f  %18d  %10.0f%n",
          number,
          summary.seconds(),
          summary.captionsPerSecond(),
          summary.densities().get(0).distinctNouns(),
          peak() / 1048576.0);
    }
    Sessions.close();
  }

  private static String made(SparkSession spark, List<String> captions, long number, Path folder) {
    MapFunction<Long, String> make = id -> mutated(captions, id);
    spark
        .range(0, number, 1, (int) Math.max(2, number / 250_000))
        .as(Encoders.LONG())
        .map(make, Encoders.STRING())
        .toDF("caption")
        .write()
        .parquet(folder.toString());
    return folder.toString();
  }

  private static String mutated(List<String> captions, long id) {
    SplittableRandom random = new SplittableRandom(id);
    String[] words = captions.get((int) (id % captions.size())).split(" ", -1);
    String[] others = captions.get(random.nextInt(captions.size())).split(" ", -1);
    words[random.nextInt(words.length)] = others[random.nextInt(others.length)];
    String caption = String.join(" ", words);
    return id % 10 == 0 ? caption + " the zorb" + Long.toString(id, 36) : caption;
  }

  private static NounsSummary count(SparkSession spark, String input, Path output) {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    NounsOptions options =
        new NounsOptions(
            input,
            List.of("caption"),
            Optional.empty(),
            output.toString(),
            NounDensity.USUAL_THRESHOLD,
            Set.of(WordForm.NOUN));
    return new NounsJob(options).run(spark, new Console(silent, silent, false));
  }

  private static void resetPeaks() {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** The most that lived through a collection in the old generation since the peaks were reset. */
  private static long peak() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .filter(pool -> pool.getName().contains("Old"))
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
