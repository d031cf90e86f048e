package dev.darkroom.jobs.scene.judging;

import dev.darkroom.generation.evaluation.Position;
import java.util.List;
import java.util.Locale;

/**
 * Where some groups shall lie from others.
 *
 * @param subjects the groups that are spoken of, by their position in the request's list
 * @param position how they shall lie
 * @param objects the groups that they shall lie from
 */
public record RelationRequest(List<Integer> subjects, Position position, List<Integer> objects) {
  /** Takes copies. */
  public RelationRequest {
    subjects = List.copyOf(subjects);
    objects = List.copyOf(objects);
  }

  /** Two groups' relation. */
  static RelationRequest of(int subject, Position position, int object) {
    return new RelationRequest(List.of(subject), position, List.of(object));
  }

  /** The relation in words, as {@code left of}. */
  String word() {
    return position.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
