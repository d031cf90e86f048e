package dev.darkroom.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void tellsCountRateAndTimeLeft() {
    assertThat(
            Progress.line(
                "images", "compressed", new Progress.State(250, 1000, 0), Duration.ofSeconds(10)))
        .isEqualTo("250 of 1,000 images compressed (25.0%), 25.0 images/s, 30s left");
  }

  @Test
  void tellsTokensWhereThereAreSome() {
    assertThat(
            Progress.line(
                "images", "captioned", new Progress.State(30, 60, 1500), Duration.ofSeconds(10)))
        .isEqualTo("30 of 60 images captioned (50.0%), 3.0 images/s, 150 tokens/s, 10s left");
  }

  @Test
  void promisesNothingBeforeTheFirstImageOrAfterTheLast() {
    assertThat(
            Progress.line(
                "images", "verified", new Progress.State(0, 10, 0), Duration.ofSeconds(3)))
        .doesNotContain("left");
    assertThat(
            Progress.line(
                "images", "verified", new Progress.State(10, 10, 0), Duration.ofSeconds(3)))
        .doesNotContain("left");
  }

  @Test
  void clearsItsLineOnATerminal() throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    Progress progress =
        Progress.start(out, true, "images", "restored", () -> new Progress.State(2, 4, 0));
    Thread.sleep(1200);
    progress.close();
    String shown = bytes.toString(StandardCharsets.UTF_8);

    assertThat(shown).contains("\r2 of 4 images restored").endsWith(" \r").doesNotContain("\n");
  }

  @Test
  void endsItsLogWithWhatWasDone() throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    AtomicLong done = new AtomicLong();

    Progress progress =
        Progress.start(
            out,
            false,
            Duration.ofMillis(20),
            "files",
            "compressed",
            () -> new Progress.State(done.get(), 4, 0));
    while (bytes.size() == 0) {
      Thread.sleep(10);
    }
    done.set(4);
    progress.close();

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList())
        .first(InstanceOfAssertFactories.STRING)
        .startsWith("0 of 4 files compressed");
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().toList())
        .last(InstanceOfAssertFactories.STRING)
        .startsWith("4 of 4 files compressed (100.0%)");
  }

  @Test
  void saysNothingOfWhatIsDoneAtOnce() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    Progress.start(out, false, "files", "compressed", () -> new Progress.State(4, 4, 0)).close();

    assertThat(bytes.size()).isZero();
  }
}
