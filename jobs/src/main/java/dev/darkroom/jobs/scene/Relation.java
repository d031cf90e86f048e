package dev.darkroom.jobs.scene;

import java.util.List;

/**
 * Where some groups lie from others. One side at most has two groups.
 *
 * @param subjects the groups that are spoken of, by their position in the scene's list
 * @param direction how they lie
 * @param objects the groups that they lie from
 */
public record Relation(List<Integer> subjects, Direction direction, List<Integer> objects) {
  /** Takes copies. */
  public Relation {
    subjects = List.copyOf(subjects);
    objects = List.copyOf(objects);
  }

  /** Two groups' relation. */
  static Relation of(int subject, Direction direction, int object) {
    return new Relation(List.of(subject), direction, List.of(object));
  }
}
