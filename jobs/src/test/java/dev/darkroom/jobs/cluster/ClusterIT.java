package dev.darkroom.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the job jar, so it runs after it is made. */
class ClusterIT {
  private static final int SCENES = 12;

  @TempDir private Path temp;

  @Test
  void everyJobRunsOnAMasterAndTwoWorkersThroughSparkSubmit() throws Exception {
    try {
      run("start");
      submit("scenes", "--count", "" + SCENES, "--seed", "5", "--output", at("scenes"));
      submit("recaption", "--input", at("scenes"), "--output", at("captions"), "--gpus-per-task=1");
      submit("nouns", "--input", at("captions"), "--column", "caption", "--output", at("nouns"));
      submit(
          "select", "--input", at("captions"), "--keep=2", "--target=red", "--output", at("few"));
      submit(
          "compress",
          "--input",
          at("scenes"),
          "--path-column=id",
          "--bytes-column=image",
          "--output",
          at("archive"));
      submit("verify", "--input", at("archive"));
      submit("restore", "--input", at("archive"), "--output", at("restored"));
      submit(
          "generate",
          "--prompts",
          at("few"),
          "--column=caption",
          "--seeds=0..1",
          "--gpus-per-task=1",
          "--output",
          at("images"));
      submit("score", "--input", at("images"), "--output", at("scores"));
      submit(
          "report", "--input", at("captions"), "--input", at("images"), "--output", at("report"));
    } finally {
      run("stop");
    }

    JsonNode summary = new ObjectMapper().readTree(Path.of(at("captions.recaption.json")).toFile());
    assertThat(summary.get("devices").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("cpu:0", "cpu:1");
    assertThat(TestSpark.table(at("captions")).where("status = 'ok'").count()).isEqualTo(SCENES);
    assertThat(TestSpark.table(at("archive")).count()).isEqualTo(SCENES);
    try (Stream<Path> files = Files.walk(Path.of(at("restored")))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(SCENES);
    }
    assertThat(TestSpark.table(at("images")).where("image is not null").count()).isEqualTo(4);
    assertThat(TestSpark.table(at("scores")).count()).isPositive();
    assertThat(Path.of(at("nouns"))).isNotEmptyDirectory();
    assertThat(Path.of(at("report"))).exists();
  }

  private String at(String name) {
    return temp.resolve(name).toString();
  }

  private void submit(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("submit"));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("../bin/cluster"));
    command.addAll(List.of(arguments));
    Path log = temp.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("DARKROOM_CLUSTER", temp.resolve("cluster").toString());
    builder.environment().put("DARKROOM_CLUSTER_PORT", "0");
    int status = builder.start().waitFor();
    assertThat(status).as(() -> command + "\n" + said(log)).isZero();
  }

  private static String said(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
