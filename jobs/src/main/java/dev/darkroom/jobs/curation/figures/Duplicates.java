package dev.darkroom.jobs.curation.figures;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How many things are the same.
 *
 * @param things how many there are
 * @param distinct how many of them differ
 * @param repeated how many of these occur more than once
 * @param top those that occur most often, more than once
 */
public record Duplicates(long things, long distinct, long repeated, List<Tally> top) {
  /** None of nothing. */
  public static final Duplicates NONE = new Duplicates(0, 0, 0, List.of());

  /** Takes a copy. */
  public Duplicates {
    top = List.copyOf(top);
  }

  /** How many could go without anything being lost. */
  @JsonProperty
  public long surplus() {
    return things - distinct;
  }
}
