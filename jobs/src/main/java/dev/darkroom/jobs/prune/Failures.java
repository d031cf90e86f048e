package dev.darkroom.jobs.prune;

import java.util.ArrayList;
import java.util.List;

/** Counts failures, and keeps the lines of the first. */
final class Failures {
  /** How many lines are kept. */
  static final int MOST_LINES = 1000;

  private final List<String> lines = new ArrayList<>();
  private long count;

  /** Another failure. */
  void add(String line) {
    add(List.of(line), 1);
  }

  /**
   * Other failures.
   *
   * @param some lines, of the first of them
   * @param more how many they are
   */
  void add(List<String> some, long more) {
    some.stream().limit(MOST_LINES - lines.size()).forEach(lines::add);
    count += more;
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /** A line for each, {@value #MOST_LINES} at most. */
  List<String> lines() {
    return List.copyOf(lines);
  }
}
