package dev.darkroom.jobs.cli;

import dev.darkroom.jobs.source.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects complaints about options that are outside their ranges. */
final class Limits {
  private final List<String> problems = new ArrayList<>();

  /** Complains unless the value lies between min and max, both included. */
  Limits range(String option, long value, long min, long max) {
    if (value < min || value > max) {
      problems.add("%s must be %d to %d, not %d".formatted(option, min, max, value));
    }
    return this;
  }

  /** Complains about a text that is empty. */
  Limits filled(String option, String value) {
    if (value.isBlank()) {
      problems.add(option + " must not be empty");
    }
    return this;
  }

  /** Complains about a condition that can be one on no table. */
  Limits condition(Optional<String> where) {
    where.ifPresent(
        sql -> {
          filled("--where", sql);
          if (!sql.isBlank()) {
            Where.problem(sql).ifPresent(problems::add);
          }
        });
    return this;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
