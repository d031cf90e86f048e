package dev.darkroom.jobs.scene;

import java.util.List;

/**
 * What is in a picture.
 *
 * @param seed which world it belongs to
 * @param index which scene of that world it is
 * @param ground the background's colour
 * @param style how the background is laid on
 * @param layout how the groups are laid out
 * @param groups one to three groups of one to four objects altogether; any two differ in colour or
 *     shape; in reading order, as the layout has it
 */
public record Scene(
    long seed, long index, Ground ground, Style style, Layout layout, List<Group> groups) {
  /** Cells of the grid along each side of the picture. */
  public static final int GRID = 128;

  /** Takes a copy. */
  public Scene {
    groups = List.copyOf(groups);
  }

  /** The scene's name: seed and index. */
  public String id() {
    return "%d-%08d".formatted(seed, index);
  }

  /** How many objects there are. */
  public int objects() {
    return groups.stream().mapToInt(Group::count).sum();
  }

  /** What holds between the groups; empty where there is but one. */
  public List<Relation> relations() {
    return layout.relations(groups.size());
  }

  /** What the chance in the picture's grain hangs on. */
  long grain() {
    return Mixing.mix(seed, index);
  }
}
