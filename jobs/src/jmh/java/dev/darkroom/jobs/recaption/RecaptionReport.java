package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.JobSpeed;
import dev.darkroom.jobs.cli.Sessions;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.Captioner;
import dev.darkroom.recaption.DecodingParameters;
import dev.darkroom.recaption.PromptTemplate;
import dev.darkroom.udfs.caption.CaptionerLease;
import dev.darkroom.udfs.caption.ModelSource;
import dev.darkroom.udfs.gpu.GpuAssignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
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
      report.speed().onExecutors();
    }
    Sessions.close();
  }

  private void engine(int turns) throws Exception {
    SparkSession spark = Sessions.open("report");
    try (CaptionerLease lease = SOURCE.open(GpuAssignment.none(), new Configuration())) {
      speed()
          .besideEngine(
              spark, parts(lease.captioner(), spark.sparkContext().defaultParallelism()), turns);
    }
  }

  private JobSpeed speed() throws IOException {
    return new JobSpeed(
        images().size(),
        (spark, silent) -> new RecaptionJob(options()).run(spark, silent).seconds());
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

  /** What the engine captions, for as many threads as a local job has tasks. */
  private List<Callable<Integer>> parts(Captioner captioner, int threads) throws IOException {
    List<byte[]> images = images();
    List<Callable<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      List<CaptionRequest> requests = new ArrayList<>();
      for (int k = i; k < images.size(); k += threads) {
        requests.add(
            new CaptionRequest(images.get(k), PromptTemplate.DETAILED.text(), decoding, 0));
      }
      parts.add(() -> count(captioner.caption(requests.iterator())));
    }
    return parts;
  }

  private static int count(Iterator<CaptionOutcome> outcomes) {
    int count = 0;
    while (outcomes.hasNext()) {
      outcomes.next();
      count++;
    }
    return count;
  }

  private RecaptionOptions options() {
    RecaptionOptions defaults =
        RecaptionOptions.of(
            folder.toString(), scratch.resolve("captions-" + tables++).toString(), SOURCE);
    return new RecaptionOptions(
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
  }
}
