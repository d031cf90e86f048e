package dev.darkroom.recaption.endpoint;

import static dev.darkroom.recaption.endpoint.CircuitBreaker.Permit.GRANTED;
import static dev.darkroom.recaption.endpoint.CircuitBreaker.Permit.PROBE;
import static dev.darkroom.recaption.endpoint.CircuitBreaker.Permit.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final AtomicLong clock = new AtomicLong();
  private final CircuitBreaker breaker =
      new CircuitBreaker(3, Duration.ofSeconds(1), Duration.ofSeconds(3), clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  private void loseRows(int rows) {
    for (int i = 0; i < rows; i++) {
      breaker.lost(breaker.request());
    }
  }

  @Test
  void opensWhenEnoughRowsInARowAreLost() {
    loseRows(2);
    breaker.answered();
    loseRows(2);
    assertThat(breaker.request()).isEqualTo(GRANTED);
    loseRows(1);
    assertThat(breaker.isOpenFor(Duration.ZERO)).isTrue();
    assertThat(breaker.request()).isEqualTo(REFUSED);
  }

  @Test
  void letsOneProbeThroughInEachPauseWhichDoubles() {
    loseRows(3);
    for (int seconds : new int[] {1, 2, 3, 3}) {
      pass(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(breaker.request()).isEqualTo(REFUSED);
      pass(Duration.ofNanos(1));
      assertThat(breaker.request()).isEqualTo(PROBE);
      assertThat(breaker.request()).isEqualTo(REFUSED);
      breaker.lost(PROBE);
    }
    // Rows from before it opened change nothing.
    breaker.lost(GRANTED);
    pass(Duration.ofSeconds(3));
    assertThat(breaker.request()).isEqualTo(PROBE);
  }

  @Test
  void knowsSinceWhenItIsOpen() {
    loseRows(3);
    pass(Duration.ofSeconds(1));
    breaker.lost(breaker.request());
    assertThat(breaker.isOpenFor(Duration.ofSeconds(1))).isTrue();
    assertThat(breaker.isOpenFor(Duration.ofSeconds(2))).isFalse();
  }

  @Test
  void closesWhenTheProbeIsAnswered() {
    loseRows(3);
    pass(Duration.ofSeconds(1));
    assertThat(breaker.request()).isEqualTo(PROBE);
    breaker.answered();
    assertThat(breaker.request()).isEqualTo(GRANTED);
    loseRows(2);
    assertThat(breaker.isOpenFor(Duration.ZERO)).isFalse();
  }

  @Test
  void letsAnotherProbeThroughWhereOneWasWithdrawn() {
    loseRows(3);
    pass(Duration.ofSeconds(1));
    assertThat(breaker.request()).isEqualTo(PROBE);
    breaker.withdrawn(PROBE);
    assertThat(breaker.request()).isEqualTo(PROBE);
  }
}
