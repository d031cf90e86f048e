package dev.darkroom.jobs.recaption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.fixtures.CaptionServer;
import dev.darkroom.jobs.OwnProcess;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs beside each other, runs that are killed, and runs on a cluster with pretended GPUs. */
class RecaptionRunsTest {
  @TempDir private Path temp;

  @Test
  @Timeout(600)
  void twoRunsAtOnceNeitherLoseNorDouble() throws Exception {
    TestImages.write(temp.resolve("images"), 8);
    Recaptions job = new Recaptions(temp.resolve("images"), temp.resolve("captions"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (CaptionServer server = CaptionServer.start()) {
      Callable<Shell> run =
          () ->
              job.shell(
                  "--endpoint",
                  server.url(),
                  "--chunk=4",
                  "--canary=0",
                  "--summary-json",
                  temp.resolve("summary-" + Thread.currentThread().getId()).toString());

      for (Future<Shell> each : threads.invokeAll(List.of(run, run))) {
        assertThat(each.get().status()).as(each.get().err()).isZero();
      }
    }
    threads.shutdown();
    assertComplete(job, 8);
  }

  @Test
  @Timeout(600)
  void aRunWhoseDriverIsKilledIsCompletedByTheNext() throws Exception {
    int count = 12;
    TestImages.write(temp.resolve("images"), count);
    Recaptions job = new Recaptions(temp.resolve("images"), temp.resolve("captions"));
    try (CaptionServer server = slow()) {
      Process process = start(List.of(), job, "--endpoint", server.url(), "--chunk=2");
      // The table's making and a first chunk have been committed; most chunks have not.
      Path firstChunk = job.output().resolve("_delta_log/00000000000000000000.json");
      while (process.isAlive() && !Files.exists(firstChunk)) {
        Thread.sleep(20);
      }
      process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
      long left = TestSpark.table(job.output()).count();
      assertThat(left).isBetween(1L, count - 1L);
      assertThat(left % 2).as("whole chunks alone").isZero();
      int asked = server.asked().size();

      job.run("--endpoint", server.url(), "--canary=0");

      assertThat((long) server.asked().size() - asked).isEqualTo(count - left);
    }
    assertComplete(job, count);
  }

  @Test
  @Timeout(600)
  void onAClusterEachTaskHasItsGpuAndAnExecutorMayDie() throws Exception {
    int count = 48;
    TestImages.write(temp.resolve("images"), count);
    Recaptions job = new Recaptions(temp.resolve("images"), temp.resolve("captions"));
    try (CaptionServer server = slow()) {
      Process process =
          start(
              new OwnProcess(temp).cluster(),
              job,
              "--endpoint",
              server.url(),
              "--gpus-per-task=1",
              "--in-flight=2",
              "--chunk=16",
              "--canary=0");
      // Two chunks run side by side at first, a task of each on some GPU. Once both are committed
      // and the third has begun, each GPU has rows that can't be lost.
      Path secondChunk = job.output().resolve("_delta_log/00000000000000000001.json");
      while (process.isAlive() && (!Files.exists(secondChunk) || server.asked().size() < 32 + 2)) {
        Thread.sleep(20);
      }
      assertThat(process.isAlive()).as(Files.readString(temp.resolve("log"))).isTrue();
      ProcessHandle executor =
          process
              .descendants()
              .filter(child -> commandLine(child).contains("CoarseGrainedExecutorBackend"))
              .findFirst()
              .orElseThrow();
      assertThat(executor.destroyForcibly()).isTrue();

      assertThat(process.waitFor(500, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(temp.resolve("log"))).isZero();
    }
    assertComplete(job, count);
    assertThat(job.column("gpu_address")).containsOnly("0", "1", "2", "3");
  }

  /** As {@link ProcessHandle.Info#commandLine()}, which leaves out what is as long as these. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }

  private static CaptionServer slow() {
    return CaptionServer.start(
        asked -> {
          try {
            Thread.sleep(250);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return CaptionServer.Answer.of("An image of %d bytes".formatted(asked.image().length));
        });
  }

  private static void assertComplete(Recaptions job, int count) {
    Dataset<Row> rows = TestSpark.table(job.output());
    assertThat(rows.count()).isEqualTo(count);
    assertThat(rows.select("source_path").distinct().count()).isEqualTo(count);
    assertThat(rows.filter("status <> 'ok'").count()).isZero();
  }

  private Process start(List<String> settings, Recaptions job, String... options)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "recaption",
                "--input",
                job.input().toString(),
                "--output",
                job.output().toString()));
    arguments.addAll(List.of(options));
    return new OwnProcess(temp).start(settings, arguments);
  }
}
