package dev.darkroom.recaption.endpoint;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often a request is tried, and how long to wait in between. Waits double from one attempt to
 * the next and vary by half at random, so that rows which failed together do not come back
 * together.
 *
 * @param attempts tries in all, at least 1
 * @param firstWait before the second attempt, above zero
 * @param longestWait at least {@code firstWait}; what the endpoint itself asks for in {@code
 *     Retry-After} may be longer
 */
public record RetryPolicy(int attempts, Duration firstWait, Duration longestWait) {
  /** Six attempts over half a minute. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(30));

  /** Refuses values out of range. */
  public RetryPolicy {
    Objects.requireNonNull(firstWait, "firstWait");
    Objects.requireNonNull(longestWait, "longestWait");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
    if (firstWait.isNegative() || firstWait.isZero() || longestWait.compareTo(firstWait) < 0) {
      throw new IllegalArgumentException(
          "waits must be above zero, the longest not below the first: "
              + firstWait
              + ", "
              + longestWait);
    }
  }

  /**
   * How long to wait.
   *
   * @param attempt the number of the attempt that failed, from 1
   * @param asked what the endpoint asked for, where it did
   * @param random of the jitter
   * @return at least {@code asked}; otherwise between half and the whole of the doubled wait
   */
  Duration waitAfter(int attempt, Optional<Duration> asked, RandomGenerator random) {
    double doubled = firstWait.toMillis() * Math.pow(2, attempt - 1);
    double most = Math.max(1, Math.min(longestWait.toMillis(), doubled));
    Duration own = Duration.ofMillis(Math.round(most * (0.5 + random.nextDouble() / 2)));
    return asked.filter(a -> a.compareTo(own) > 0).orElse(own);
  }
}
