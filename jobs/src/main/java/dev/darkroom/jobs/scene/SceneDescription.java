package dev.darkroom.jobs.scene;

import java.util.ArrayList;
import java.util.List;

/**
 * The reference text about a scene, in LLaVA's manner: what there is, where it is, and the style.
 * Everything that it says is in the truth, and a scene has only one.
 */
public final class SceneDescription {
  private SceneDescription() {}

  /** The text, two or three sentences. */
  public static String of(Scene scene) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "The image features "
            + Phrases.list(scene.groups().stream().map(Phrases::full).toList())
            + where(scene)
            + ".");
    if (!scene.relations().isEmpty()) {
      sentences.add(relations(scene));
    }
    sentences.add(
        "The background is %s, and the style is %s."
            .formatted(scene.ground().word(), scene.style().word()));
    return String.join(" ", sentences);
  }

  private static String where(Scene scene) {
    return switch (scene.layout()) {
      case ALONE -> " " + Ninth.phrase(scene.groups().get(0).places().get(0));
      case ROW -> " in a row";
      case COLUMN -> " in a column";
      case SCATTERED -> " scattered around";
      default -> "";
    };
  }

  private static String relations(Scene scene) {
    List<String> clauses = new ArrayList<>();
    for (Relation relation : scene.relations()) {
      clauses.add(
          "%s %s %s"
              .formatted(
                  subject(scene, relation.subjects()),
                  relation.direction().phrase(),
                  relation.objects().size() > 1
                      ? "both"
                      : "the " + name(scene, relation.objects().get(0))));
    }
    String sentence = String.join(", and ", clauses);
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + ".";
  }

  private static String subject(Scene scene, List<Integer> groups) {
    if (groups.size() > 1) {
      return "both are";
    }
    Group group = scene.groups().get(groups.get(0));
    return "the " + Phrases.name(group) + (group.count() == 1 ? " is" : " are");
  }

  private static String name(Scene scene, int group) {
    return Phrases.name(scene.groups().get(group));
  }
}
