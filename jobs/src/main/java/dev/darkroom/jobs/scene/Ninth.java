package dev.darkroom.jobs.scene;

import java.util.List;

/** The ninths of a picture, in which an object can be said to be. */
final class Ninth {
  private static final List<String> PHRASES =
      List.of(
          "in the top left corner",
          "at the top",
          "in the top right corner",
          "on the left",
          "in the center",
          "on the right",
          "in the bottom left corner",
          "at the bottom",
          "in the bottom right corner");

  private Ninth() {}

  /** Where a place is, in words. */
  static String phrase(Place place) {
    return PHRASES.get(third(place.y()) * 3 + third(place.x()));
  }

  private static int third(int coordinate) {
    return Math.min(2, coordinate * 3 / Scene.GRID);
  }
}
