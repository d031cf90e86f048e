package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final RetryPolicy POLICY =
      new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(1000));

  @ParameterizedTest
  @CsvSource({"1,50,100", "2,100,200", "4,400,800", "5,500,1000", "8,500,1000"})
  void doublesWaitsUpToTheLongest(int attempt, long least, long most) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      assertThat(POLICY.waitAfter(attempt, Optional.empty(), random))
          .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
    }
  }

  @Test
  void waitsAtLeastAsLongAsItIsAsked() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(POLICY.waitAfter(1, Optional.of(Duration.ofMinutes(2)), random))
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(POLICY.waitAfter(8, Optional.of(Duration.ZERO), random))
        .isGreaterThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void readsSecondsAndDates() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    assertThat(RetryAfter.parse(" 120 ", now)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Sun, 01 Mar 2026 12:00:30 GMT", now))
        .contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.parse("Sun, 01 Mar 2026 11:00:00 GMT", now)).contains(Duration.ZERO);
    for (String odd : new String[] {"", "-1", "soon", "1.5", "99999999999999999999"}) {
      assertThat(RetryAfter.parse(odd, now)).isEmpty();
    }
  }
}
