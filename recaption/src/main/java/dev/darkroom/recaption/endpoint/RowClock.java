package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import java.time.Duration;

/** The time of one row, from its beginning to its outcome. */
final class RowClock {
  private final long start = System.nanoTime();
  private final Duration limit;

  RowClock(Duration limit) {
    this.limit = limit;
  }

  /** At least a millisecond, so that a limit made of it is one. */
  Duration left() {
    Duration left = limit.minusNanos(System.nanoTime() - start);
    return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
  }

  Caption caption(ChatAnswer answer, int attempts) {
    return new Caption(
        answer.text().strip(),
        answer.finishReason(),
        answer.promptTokens(),
        answer.completionTokens(),
        millis(),
        attempts);
  }

  CaptionFailure failure(CaptionFailure.Type type, String message, int attempts) {
    return new CaptionFailure(type, message, millis(), attempts);
  }

  private long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
