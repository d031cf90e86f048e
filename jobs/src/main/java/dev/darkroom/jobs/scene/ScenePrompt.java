package dev.darkroom.jobs.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The shortest text that says what is in a scene and how it lies: "a red circle left of a blue
 * square". Half of the scenes of two groups are told from the other end.
 */
public final class ScenePrompt {
  private ScenePrompt() {}

  /** The text, without a full stop. */
  public static String of(Scene scene) {
    List<Group> groups = new ArrayList<>(scene.groups());
    Direction direction;
    return switch (scene.layout()) {
      case ALONE, SCATTERED -> Phrases.brief(groups.get(0));
      case ROW -> Phrases.brief(groups.get(0)) + " in a row";
      case COLUMN -> Phrases.brief(groups.get(0)) + " in a column";
      case LEFT_TO_RIGHT, TOP_TO_BOTTOM -> {
        direction = scene.relations().get(0).direction();
        if (groups.size() == 2 && (scene.grain() & 1) == 1) {
          direction = direction.inverse();
          Collections.reverse(groups);
        }
        yield String.join(
            " " + direction.word() + " ", groups.stream().map(Phrases::brief).toList());
      }
      case PAIR_ABOVE, PAIR_LEFT ->
          "%s %s %s, both %s %s"
              .formatted(
                  Phrases.brief(groups.get(0)),
                  scene.relations().get(0).direction().word(),
                  Phrases.brief(groups.get(1)),
                  scene.relations().get(1).direction().word(),
                  Phrases.brief(groups.get(2)));
      case PAIR_BELOW, PAIR_RIGHT ->
          "%s %s %s, both %s %s"
              .formatted(
                  Phrases.brief(groups.get(1)),
                  scene.relations().get(0).direction().word(),
                  Phrases.brief(groups.get(2)),
                  scene.relations().get(1).direction().inverse().word(),
                  Phrases.brief(groups.get(0)));
    };
  }
}
