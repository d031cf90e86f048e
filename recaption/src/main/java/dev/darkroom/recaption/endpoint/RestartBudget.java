package dev.darkroom.recaption.endpoint;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How often something may be restarted in a time. Not thread-safe. */
final class RestartBudget {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 5;

  private final int restarts;
  private final Duration window;
  private final Deque<Long> spent = new ArrayDeque<>();

  RestartBudget(int restarts, Duration window) {
    this.restarts = restarts;
    this.window = window;
  }

  /**
   * Takes a restart out of the budget.
   *
   * @param nanos now, as of {@link System#nanoTime()}
   * @return how long to wait before it, from one second and doubling with those spent in the
   *     window; empty where the budget is spent
   */
  Optional<Duration> take(long nanos) {
    while (!spent.isEmpty() && nanos - spent.element() > window.toNanos()) {
      spent.remove();
    }
    if (spent.size() >= restarts) {
      return Optional.empty();
    }
    spent.add(nanos);
    return Optional.of(FIRST_WAIT.multipliedBy(1L << Math.min(MOST_DOUBLINGS, spent.size() - 1)));
  }
}
