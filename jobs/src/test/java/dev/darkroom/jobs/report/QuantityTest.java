package dev.darkroom.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "1073741824, 1.0 GiB"})
  void bytes(long bytes, String text) {
    assertThat(Quantity.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"59, 59s", "61, 1m 01s", "3723, 1h 02m 03s"})
  void durations(long seconds, String text) {
    assertThat(Quantity.duration(Duration.ofSeconds(seconds))).isEqualTo(text);
  }

  @Test
  void sharesOfNothingAreADash() {
    assertThat(Quantity.share(0, 0)).isEqualTo("-");
    assertThat(Quantity.share(1, 3)).isEqualTo("33.3%");
  }
}
