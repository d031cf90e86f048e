package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Ground;
import dev.darkroom.jobs.scene.Style;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What a text says of a scene. What it leaves out is left to whoever draws.
 *
 * @param groups one to four groups of objects
 * @param relations how they shall lie from each other; empty where nothing is said
 * @param arrangement how the objects of an only group shall lie, where it is said
 * @param ground the background's colour, where it is said
 * @param style how the background shall be laid on, where it is said
 */
public record SceneRequest(
    List<GroupRequest> groups,
    List<RelationRequest> relations,
    Optional<Arrangement> arrangement,
    Optional<Ground> ground,
    Optional<Style> style) {
  /** Takes copies. */
  public SceneRequest {
    groups = List.copyOf(groups);
    relations = List.copyOf(relations);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("a scene of nothing: it needs a group");
    }
  }

  /**
   * Reads a text.
   *
   * @return nothing where the text is not, from its first word to its last, about a scene
   */
  public static Optional<SceneRequest> read(String text) {
    return new SceneTextParser(text).request();
  }

  /** How many objects there shall be. */
  public int objects() {
    return groups.stream().mapToInt(GroupRequest::count).sum();
  }

  /** The request in words, for people who look at a table. */
  @Override
  public String toString() {
    StringJoiner parts = new StringJoiner("; ");
    groups.forEach(group -> parts.add(group.toString()));
    for (RelationRequest relation : relations) {
      parts.add(
          names(relation.subjects()) + " " + relation.word() + " " + names(relation.objects()));
    }
    arrangement.ifPresent(how -> parts.add(how.phrase()));
    ground.ifPresent(color -> parts.add("on " + color.word()));
    style.ifPresent(how -> parts.add(how.name().toLowerCase(Locale.ROOT)));
    return parts.toString();
  }

  private String names(List<Integer> members) {
    StringJoiner names = new StringJoiner(" and ");
    for (int member : members) {
      GroupRequest group = groups.get(member);
      names.add(
          group.hue().map(hue -> hue.word() + " ").orElse("")
              + group.silhouette().word(group.count()));
    }
    return names.toString();
  }
}
