package dev.darkroom.jobs.compress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.OwnProcess;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

class ConcurrentRunsTest {
  @TempDir private Path temp;

  @Test
  @Timeout(240)
  void twoRunsAtOnceNeitherLoseNorDouble() throws Exception {
    Path images = temp.resolve("images");
    TestImages.write(images, 8);
    Path archive = temp.resolve("archive");
    Callable<Shell> run =
        () ->
            Shell.run(
                "compress",
                "--chunk=3",
                "--input",
                images.toString(),
                "--output",
                archive.toString(),
                "--summary-json",
                temp.resolve("summary-" + Thread.currentThread().getId()).toString());
    ExecutorService threads = Executors.newFixedThreadPool(2);

    List<Future<Shell>> runs = threads.invokeAll(List.of(run, run));

    for (Future<Shell> each : runs) {
      assertThat(each.get().status()).as(each.get().err()).isZero();
    }
    threads.shutdown();
    assertComplete(archive, 8);
  }

  @Test
  @Timeout(300)
  void aRunThatIsKilledIsCompletedByTheNext() throws Exception {
    int count = 40;
    Path images = temp.resolve("images");
    TestImages.write(images, count);
    Path archive = temp.resolve("archive");
    Process process = start(images, archive);
    // The table's making and a first chunk have been committed; most chunks have not.
    Path secondCommit = archive.resolve("_delta_log/00000000000000000001.json");
    while (process.isAlive() && !Files.exists(secondCommit)) {
      Thread.sleep(20);
    }
    process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    long left = TestSpark.table(archive).count();
    assertThat(left).isBetween(1L, count - 1L);
    assertThat(left % 2).as("whole chunks alone").isZero();

    Shell shell =
        Shell.run("compress", "--input", images.toString(), "--output", archive.toString());

    assertThat(shell.status()).as(shell.err()).isZero();
    assertComplete(archive, count);
    assertThat(Shell.run("verify", "--input", archive.toString()).status()).isZero();
  }

  @Test
  @Timeout(300)
  void aRunThatIsToldToEndSaysSoInOneLine() throws Exception {
    int count = 200;
    Path images = temp.resolve("images");
    TestImages.write(images, count);
    Path archive = temp.resolve("archive");
    Process process =
        start(
            images,
            archive,
            "-Dlog4j2.configurationFile=classpath:dev/darkroom/jobs/log4j2-local.properties");
    Path secondCommit = archive.resolve("_delta_log/00000000000000000001.json");
    while (process.isAlive() && !Files.exists(secondCommit)) {
      Thread.sleep(20);
    }
    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(TestSpark.table(archive).count()).isBetween(1L, count - 1L);
    assertThat(Files.readAllLines(temp.resolve("log")))
        .filteredOn(line -> !line.startsWith("WARNING: Using incubator modules"))
        .filteredOn(line -> !line.contains(" files compressed ("))
        .singleElement()
        .asString()
        .startsWith("darkroom: ended from outside before it was done; what is committed stays");
  }

  @Test
  void aTableWhoseMakingWasKilledIsMade() throws IOException {
    Path images = temp.resolve("images");
    TestImages.write(images, 2);
    Path archive = temp.resolve("archive");
    Files.createDirectories(archive.resolve("_delta_log"));

    Shell shell =
        Shell.run("compress", "--input", images.toString(), "--output", archive.toString());

    assertThat(shell.status()).as(shell.err()).isZero();
    assertComplete(archive, 2);
  }

  private static void assertComplete(Path archive, int count) {
    Dataset<Row> rows = TestSpark.table(archive);
    assertThat(rows.count()).isEqualTo(count);
    assertThat(rows.select("source_path").distinct().count()).isEqualTo(count);
    assertThat(rows.filter("status <> 'ok'").count()).isZero();
  }

  private Process start(Path images, Path archive, String... settings) throws IOException {
    return new OwnProcess(temp)
        .start(
            List.of(settings),
            List.of(
                "compress",
                "--chunk=2",
                "--input",
                images.toString(),
                "--output",
                archive.toString()));
  }
}
