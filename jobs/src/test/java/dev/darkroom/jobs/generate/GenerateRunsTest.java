package dev.darkroom.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.OwnProcess;
import dev.darkroom.jobs.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed, and runs on a cluster with pretended GPUs. */
class GenerateRunsTest {
  @TempDir private Path temp;

  @Test
  @Timeout(600)
  void aRunWhoseDriverIsKilledIsCompletedToTheSameBytes() throws Exception {
    Generations whole = Generations.of(temp, "a red circle", "a blue star on the left");
    whole.run("--seeds=0..19");
    Generations killed = whole.into(temp.resolve("killed"));
    Process process =
        new OwnProcess(temp)
            .start(List.of(), arguments(killed, "--seeds=0..19", "--chunk=4", "--batch-size=4"));
    Path firstChunk = killed.output().resolve("_delta_log/00000000000000000000.json");
    while (process.isAlive() && !Files.exists(firstChunk)) {
      Thread.sleep(10);
    }
    process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    long left = TestSpark.table(killed.output()).count();
    assertThat(left).as(Files.readString(temp.resolve("log"))).isBetween(1L, 39L);
    assertThat(left % 4).as("whole chunks alone").isZero();

    assertThat(killed.run("--seeds=0..19").get("skipped").asLong()).isEqualTo(left);
    Map<String, String> hashes = killed.hashes();
    assertThat(hashes).hasSize(40).isEqualTo(whole.hashes());
  }

  @Test
  @Timeout(600)
  void onAClusterEachTaskHasItsGpuAndTheImagesAreTheSame() throws Exception {
    Generations local = Generations.of(temp, "a red circle", "a blue star on the left");
    local.run("--seeds=0..7");
    Generations spread = local.into(temp.resolve("spread"));
    OwnProcess process = new OwnProcess(temp);
    Process run =
        process.start(
            process.cluster(),
            arguments(spread, "--seeds=0..7", "--gpus-per-task=1", "--batch-size=2"));
    assertThat(run.waitFor(500, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(Files.readString(temp.resolve("log"))).isZero();

    assertThat(spread.hashes()).isEqualTo(local.hashes());
    assertThat(spread.rows().stream().map(row -> row.<String>getAs("gpu_address")))
        .contains("0", "1")
        .isSubsetOf("0", "1", "2", "3");
  }

  private static List<String> arguments(Generations job, String... more) {
    List<String> arguments = new ArrayList<>(List.of("generate"));
    arguments.addAll(job.arguments());
    arguments.addAll(List.of(more));
    return arguments;
  }
}
