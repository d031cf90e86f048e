package dev.darkroom.jobs.curation.figures;

import java.util.List;

/**
 * An input, and how it was made.
 *
 * @param name what it is called on the page
 * @param location where it is
 * @param kind {@code captions}, {@code archive} or {@code texts}
 * @param rows its rows
 * @param version version of the Delta table; -1 where it is none
 * @param details what its rows say about their making: models, prompts, profiles
 */
public record InputFigures(
    String name, String location, String kind, long rows, long version, List<Detail> details) {
  /** Takes a copy. */
  public InputFigures {
    details = List.copyOf(details);
  }

  /**
   * Something that rows say about their making.
   *
   * @param name what: {@code model}, {@code prompt} ...
   * @param value what they say
   * @param rows how many say so
   */
  public record Detail(String name, String value, long rows) {}
}
