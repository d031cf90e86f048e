package dev.darkroom.jobs.recaption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.compression.Sha256;
import dev.darkroom.fixtures.CaptionServer;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecaptionJobTest {
  @TempDir private Path temp;

  private Path images;
  private Recaptions job;

  @BeforeEach
  void folders() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    job = new Recaptions(images, temp.resolve("captions"));
  }

  @Test
  void everyImageBecomesOneRow() throws IOException {
    TestImages.write(images, 3);
    Files.writeString(images.resolve("bad.png"), "not an image");
    Files.write(images.resolve("big.jpg"), new byte[30_000]);
    try (CaptionServer server = CaptionServer.start()) {
      JsonNode summary = job.run("--endpoint", server.url(), "--max-bytes=20000", "--chunk=2");

      assertThat(summary.get("images").asLong()).isEqualTo(5);
      assertThat(summary.get("ok").asLong()).isEqualTo(3);
      assertThat(summary.get("failed").asLong()).isEqualTo(2);
      assertThat(summary.get("failures").get("UNREADABLE_IMAGE").asLong()).isEqualTo(1);
      assertThat(summary.get("failures").get("TOO_LARGE").asLong()).isEqualTo(1);
      assertThat(summary.get("completion_tokens").asLong()).isEqualTo(36);
      assertThat(summary.get("tokens_per_second").asDouble()).isPositive();
      assertThat(summary.get("canary").get("rows").asInt()).isPositive();
      assertThat(summary.get("canary").get("differences")).isEmpty();
      assertThat(job.versions()).as("three chunks").isEqualTo(3);
      Row row = job.rows().get(0);
      byte[] png = TestImages.png(0);
      assertThat(row.<String>getAs("key")).matches("[0-9a-f]{64}");
      assertThat(row.<String>getAs("source_path")).isEqualTo("file:" + images + "/00.png");
      assertThat(row.<String>getAs("relative_path")).isEqualTo("00.png");
      assertThat(row.<Long>getAs("file_size")).isEqualTo(png.length);
      assertThat(row.<String>getAs("image_sha256")).isEqualTo(Sha256.of(png).toHex());
      assertThat(row.<String>getAs("caption"))
          .startsWith("An image of %d bytes; Describe".formatted(png.length));
      assertThat(row.<String>getAs("status")).isEqualTo("ok");
      assertThat(row.<String>getAs("prompt_name")).isEqualTo("detailed");
      assertThat(row.<String>getAs("finish_reason")).isEqualTo("stop");
      assertThat(row.<Integer>getAs("prompt_tokens")).isEqualTo(600);
      assertThat(row.<Integer>getAs("completion_tokens")).isEqualTo(12);
      assertThat(row.<String>getAs("parameters")).contains("\"max_new_tokens\":256");
      assertThat(row.<String>getAs("model_id")).isEqualTo("pretend-llava");
      assertThat(row.<String>getAs("model_sha256")).matches("[0-9a-f]{64}");
      assertThat(row.<String>getAs("device")).startsWith("127.0.0.1:");
      assertThat(row.<String>getAs("gpu_address")).isNull();
      assertThat(row.<Integer>getAs("attempt")).isEqualTo(1);
      Row big = job.rows().get(4);
      assertThat(big.<String>getAs("error_type")).isEqualTo("TOO_LARGE");
      assertThat(big.<String>getAs("error_message")).contains("--max-bytes");
      assertThat(big.<String>getAs("caption")).isNull();
    }
  }

  @Test
  void aSecondRunDoesNothingAndAThirdWhatIsNewOrChanged() throws IOException {
    TestImages.write(images, 3);
    try (CaptionServer server = CaptionServer.start()) {
      job.run("--endpoint", server.url(), "--canary=0");
      long versions = job.versions();

      JsonNode again = job.run("--endpoint", server.url());

      assertThat(server.asked()).hasSize(3);
      assertThat(again.get("skipped").asLong()).isEqualTo(3);
      assertThat(again.get("ok").asLong()).isZero();
      assertThat(job.versions()).isEqualTo(versions);

      Files.write(images.resolve("01.png"), TestImages.png(77));
      Files.write(images.resolve("03.png"), TestImages.png(3));
      JsonNode changed = job.run("--endpoint", server.url(), "--canary=0");
      assertThat(changed.get("ok").asLong()).isEqualTo(2);
      assertThat(server.asked()).hasSize(5);
      assertThat(job.column("relative_path"))
          .containsExactly("00.png", "01.png", "01.png", "02.png", "03.png");

      // Other parameters and another prompt are other questions.
      assertThat(
              job.run("--endpoint", server.url(), "--max-new-tokens=9", "--limit=1", "--canary=0")
                  .get("ok")
                  .asLong())
          .isEqualTo(1);
      assertThat(
              job.run("--endpoint", server.url(), "--prompt=What is it?", "--canary=0")
                  .get("ok")
                  .asLong())
          .isEqualTo(4);
    }
  }

  @Test
  void whatFailedIsTriedAgainAndItsAttemptsAddUp() throws IOException {
    TestImages.write(images, 2);
    Files.writeString(images.resolve("bad.png"), "not an image");
    AtomicBoolean broken = new AtomicBoolean(true);
    try (CaptionServer server =
        CaptionServer.start(
            asked ->
                broken.get()
                    ? new CaptionServer.Answer(500, "", "")
                    : CaptionServer.Answer.of("A ramp of colours."))) {
      JsonNode failed = job.run("--endpoint", server.url(), "--attempts=2");
      assertThat(failed.get("failures").get("UNAVAILABLE").asLong()).isEqualTo(2);

      broken.set(false);
      Files.write(images.resolve("bad.png"), TestImages.png(9));
      JsonNode mended = job.run("--endpoint", server.url(), "--attempts=2");

      assertThat(mended.get("ok").asLong()).isEqualTo(3);
      assertThat(job.rows()).hasSize(3).allMatch(row -> row.<String>getAs("status").equals("ok"));
      assertThat(job.rows().get(0).<Integer>getAs("attempt")).isEqualTo(3);
      assertThat(job.rows().get(0).<String>getAs("error_type")).isNull();
      assertThat(job.run("--endpoint", server.url()).get("skipped").asLong()).isEqualTo(3);
    }
  }

  @Test
  void poorAnswersAreMarkedKeptAndAskedAgainWhenTold() throws IOException {
    TestImages.write(images, 3);
    AtomicInteger number = new AtomicInteger();
    try (CaptionServer server =
        CaptionServer.start(
            asked ->
                switch (number.getAndIncrement() % 3) {
                  case 0 -> CaptionServer.Answer.of("");
                  case 1 -> CaptionServer.Answer.of("a red cup and ".repeat(20));
                  default -> new CaptionServer.Answer(200, "A dog on a", "length");
                })) {
      JsonNode summary = job.run("--endpoint", server.url(), "--canary=0");

      assertThat(summary.get("empty").asLong()).isEqualTo(1);
      assertThat(summary.get("looping").asLong()).isEqualTo(1);
      assertThat(summary.get("cut").asLong()).isEqualTo(1);
      assertThat(job.column("status")).containsExactlyInAnyOrder("empty", "looping", "cut");
      assertThat(job.column("caption")).contains("A dog on a");
      assertThat(job.run("--endpoint", server.url(), "--canary=0").get("skipped").asLong())
          .isEqualTo(3);

      job.run("--endpoint", server.url(), "--canary=0", "--retry=empty,looping");
      assertThat(server.asked()).hasSize(5);
      assertThat(job.rows()).hasSize(3);
    }
  }

  @Test
  void severalPromptsAndSamplesAreSeveralRows() throws IOException {
    TestImages.write(images, 1);
    try (CaptionServer server = CaptionServer.start()) {
      job.run(
          "--endpoint",
          server.url(),
          "--prompt=grounded",
          "--prompt=detailed",
          "--prompt=What colours are there?",
          "--samples=2",
          "--temperature=0.7",
          "--top-p=0.9",
          "--canary=0");

      // Without a raw caption, grounded asks what detailed asks.
      assertThat(job.rows()).hasSize(4);
      assertThat(job.rows()).extracting(row -> row.<Long>getAs("seed")).doesNotHaveDuplicates();
      assertThat(job.rows()).extracting(row -> row.<Integer>getAs("sample")).containsOnly(0, 1);
      assertThat(job.column("prompt_name")).containsOnly("grounded", "text");
      assertThat(server.asked())
          .allMatch(asked -> asked.body().path("temperature").asDouble() == 0.7)
          .allMatch(asked -> asked.body().path("top_p").asDouble() == 0.9);
      assertThat(
              server.asked().stream().map(asked -> asked.body().path("seed").asLong()).distinct())
          .hasSize(4);
      assertThat(
              job.run(
                      "--endpoint",
                      server.url(),
                      "--samples=2",
                      "--temperature=0.7",
                      "--top-p=0.9",
                      "--seed=5",
                      "--canary=0")
                  .get("ok")
                  .asLong())
          .isEqualTo(2);
    }
  }

  @Test
  void aCaptionerThatDependsOnTheBatchIsFoundOut() throws IOException {
    TestImages.write(images, 2);
    AtomicInteger number = new AtomicInteger();
    try (CaptionServer server =
        CaptionServer.start(
            asked -> CaptionServer.Answer.of("Answer number " + number.incrementAndGet()))) {
      Shell shell = job.shell("--endpoint", server.url(), "--canary=1");

      assertThat(shell.status()).isEqualTo(1);
      assertThat(shell.out()).contains("in its batch 'Answer number").contains("alone 'Answer");
    }
  }

  @Test
  void aModelRunsInThisProcess() throws IOException {
    TestImages.write(images, 5);
    Files.writeString(images.resolve("bad.png"), "not an image");
    String model = Recaptions.MODEL.toString();

    JsonNode summary =
        job.run("--model", model, "--max-new-tokens=8", "--batch-size=2", "--canary=3");

    assertThat(summary.get("images").asLong()).isEqualTo(6);
    assertThat(summary.get("failures").get("UNREADABLE_IMAGE").asLong()).isEqualTo(1);
    assertThat(summary.get("devices").get("cpu").asLong()).isEqualTo(6);
    assertThat(summary.get("canary").get("differences")).isEmpty();
    String hash = summary.get("model_sha256").asText();
    assertThat(
            job.run("--model", model, "--max-new-tokens=8", "--model-sha256", hash)
                .get("skipped")
                .asLong())
        .isEqualTo(5);
    Shell wrong = job.shell("--model", model, "--model-sha256", "0".repeat(64));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains(hash).contains("0".repeat(64));
  }

  @Test
  void whatCannotWorkAtAllIsOneRefusal() throws IOException {
    TestImages.write(images, 1);

    refused("does not exist", "--model", temp.resolve("nowhere").toString());
    refused("has no model", "--model", images.toString());
    refused("127.0.0.1:9", "--endpoint", "http://127.0.0.1:9/v1", "--attempts=1");
    refused("local mode", "--gpus-per-task=1", "--model", Recaptions.MODEL.toString());
    refused("is no condition", "--where", "nonsense >", "--model", "any");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Shell shell = new Recaptions(empty, temp.resolve("captions")).shell("--model", "any");
    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err()).contains("holds no file");
    assertThat(temp.resolve("captions")).doesNotExist();
  }

  @Test
  void allBadOptionsAreReportedTogether() {
    Shell shell =
        job.shell(
            "--samples=0",
            "--temperature=-1",
            "--top-p=2",
            "--gpus-per-task=1.5",
            "--endpoint=nowhere",
            "--server-command=serve {port}",
            "--model-sha256=abc",
            "--retry=sometimes",
            "--limit=0");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err())
        .contains("--samples must be 1 to 1000")
        .contains("temperature must be 0 or above")
        .contains("topP must be above 0")
        .contains("--gpus-per-task must be")
        .contains("exclude each other")
        .contains("--endpoint must be a URL")
        .contains("64 lower-case hexadecimal digits")
        .contains("'sometimes' is not one of ok, cut, empty, looping, failed")
        .contains("--limit must be 1")
        .doesNotContain("\tat ");
    assertThat(job.shell("--samples=2").err()).contains("--samples needs a --temperature");
    assertThat(job.shell("--endpoint=http://h/v1", "--mirostat=5", "--temperature=1").err())
        .contains("endpoints do not know Mirostat");
  }

  @Test
  void theKeyIsNotSentForAllToRead() {
    // The search path stands for a key: it is set, long, and without blanks.
    Shell shell = job.shell("--endpoint=http://example.org/v1", "--api-key-variable=PATH");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err())
        .contains("the key in PATH would go to http://example.org/v1 unencrypted")
        .contains("--send-key-over-http")
        .doesNotContain(System.getenv("PATH"));
  }

  private void refused(String reason, String... options) {
    Shell shell = job.shell(options);
    assertThat(shell.status()).as(shell.err() + shell.out()).isEqualTo(2);
    assertThat(shell.complaints())
        .as(shell.err())
        .hasSize(1)
        .allMatch(line -> line.contains(reason));
  }
}
