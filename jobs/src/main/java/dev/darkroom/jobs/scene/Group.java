package dev.darkroom.jobs.scene;

import java.util.List;

/**
 * Objects that look the same.
 *
 * @param look what each of them looks like
 * @param places where they are, one place an object, 1 to 4
 */
public record Group(Look look, List<Place> places) {
  /** Takes a copy. */
  public Group {
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("a group of no objects: it needs a place for each");
    }
  }

  /** How many objects there are. */
  public int count() {
    return places.size();
  }
}
