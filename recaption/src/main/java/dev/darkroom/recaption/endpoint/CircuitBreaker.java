package dev.darkroom.recaption.endpoint;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Spares a dead endpoint, and the rows that would wait for it. Closed at first; when enough rows in
 * a row found no endpoint, for all their attempts, it opens, and rows are turned away at once, but
 * for one at a time that probes whether the endpoint is back. The pause between probes doubles.
 * Thread-safe.
 */
final class CircuitBreaker {
  /** What a row may do. */
  enum Permit {
    /** Ask, and ask again. */
    GRANTED,
    /** Ask once, and report how it went: others wait for the news. */
    PROBE,
    /** Don't ask. */
    REFUSED
  }

  private final int threshold;
  private final Duration firstPause;
  private final Duration longestPause;
  private final LongSupplier nanos;

  private int lostInARow;
  private boolean open;
  private boolean probing;
  private Duration pause;
  private long openSince;
  private long probedAt;

  /**
   * A closed breaker.
   *
   * @param threshold rows in a row that must be lost before it opens, at least 1
   * @param firstPause before the first probe
   * @param longestPause between probes
   * @param nanos a clock, as {@link System#nanoTime()}
   */
  CircuitBreaker(int threshold, Duration firstPause, Duration longestPause, LongSupplier nanos) {
    this.threshold = threshold;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
    this.nanos = nanos;
    this.pause = firstPause;
  }

  /** Asks for permission; whoever gets a {@link Permit#PROBE} must report. */
  synchronized Permit request() {
    if (!open) {
      return Permit.GRANTED;
    }
    if (probing || nanos.getAsLong() - probedAt < pause.toNanos()) {
      return Permit.REFUSED;
    }
    probing = true;
    return Permit.PROBE;
  }

  /** Whether rows have been turned away for some time, so that there is little use in waiting. */
  synchronized boolean isOpenFor(Duration time) {
    return open && nanos.getAsLong() - openSince >= time.toNanos();
  }

  /** The endpoint answered, whatever it said. */
  synchronized void answered() {
    lostInARow = 0;
    open = false;
    probing = false;
    pause = firstPause;
  }

  /** A row was given up: the endpoint did not answer it. */
  synchronized void lost(Permit permit) {
    lostInARow++;
    if (permit == Permit.PROBE) {
      probing = false;
      probedAt = nanos.getAsLong();
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
    } else if (!open && lostInARow >= threshold) {
      open = true;
      openSince = nanos.getAsLong();
      probedAt = openSince;
    }
  }

  /** A probe ended without having asked: another row may. */
  synchronized void withdrawn(Permit permit) {
    if (permit == Permit.PROBE) {
      probing = false;
    }
  }

  /** How many rows in a row were lost. */
  synchronized int lostInARow() {
    return lostInARow;
  }
}
