package dev.darkroom.jobs.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  @Test
  void workThatIsLateIsLeftAndTheNextIsDone() throws Exception {
    try (Deadline deadline = new Deadline(Duration.ofMillis(100))) {
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(
              () ->
                  deadline.call(
                      () -> {
                        Thread.sleep(60_000);
                        return 1;
                      }));
      assertThat(deadline.call(() -> 2)).isEqualTo(2);
    }
  }

  @Test
  void errorsAreHandedOn() throws Exception {
    try (Deadline deadline = new Deadline(Duration.ofSeconds(20))) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> deadline.call(() -> depth(0)))
          .withCauseInstanceOf(StackOverflowError.class);
      assertThat(deadline.call(() -> 2)).isEqualTo(2);
    }
  }

  @SuppressWarnings("InfiniteRecursion")
  private static int depth(int depth) {
    return 1 + depth(depth + 1);
  }
}
