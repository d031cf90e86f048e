package dev.darkroom.jobs.scene;

import static dev.darkroom.jobs.scene.Direction.ABOVE;
import static dev.darkroom.jobs.scene.Direction.LEFT_OF;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a scene's objects are laid out. The first four are for one group, the others for more. */
public enum Layout {
  /** One object. */
  ALONE,
  /** Objects that look the same, side by side. */
  ROW,
  /** Objects that look the same, one above the other. */
  COLUMN,
  /** Objects that look the same, neither in a row nor in a column. */
  SCATTERED,
  /** Two or three groups, each left of the next. */
  LEFT_TO_RIGHT,
  /** Two or three groups, each above the next. */
  TOP_TO_BOTTOM,
  /** The first left of the second, both above the third. */
  PAIR_ABOVE,
  /** The first above the second, both left of the third. */
  PAIR_LEFT,
  /** The first above the others, the second left of the third. */
  PAIR_BELOW,
  /** The first left of the others, the second above the third. */
  PAIR_RIGHT;

  /** What holds between the groups. */
  List<Relation> relations(int groups) {
    return switch (this) {
      case ALONE, ROW, COLUMN, SCATTERED -> List.of();
      case LEFT_TO_RIGHT -> chain(LEFT_OF, groups);
      case TOP_TO_BOTTOM -> chain(ABOVE, groups);
      case PAIR_ABOVE -> pairFirst(LEFT_OF, ABOVE);
      case PAIR_LEFT -> pairFirst(ABOVE, LEFT_OF);
      case PAIR_BELOW -> pairLast(LEFT_OF, ABOVE);
      case PAIR_RIGHT -> pairLast(ABOVE, LEFT_OF);
    };
  }

  /** The bands across the picture, from the top, or from the left where it is {@link #upright}. */
  List<List<Integer>> bands(int groups) {
    return switch (this) {
      case PAIR_ABOVE, PAIR_LEFT -> List.of(List.of(0, 1), List.of(2));
      case PAIR_BELOW, PAIR_RIGHT -> List.of(List.of(0), List.of(1, 2));
      default -> {
        List<List<Integer>> bands = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
          bands.add(List.of(group));
        }
        yield bands;
      }
    };
  }

  /** Whether the bands run from top to bottom instead of from left to right. */
  boolean upright() {
    return switch (this) {
      case COLUMN, LEFT_TO_RIGHT, PAIR_LEFT, PAIR_RIGHT -> true;
      default -> false;
    };
  }

  /** The layout's name in the truth. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static List<Relation> chain(Direction direction, int groups) {
    List<Relation> relations = new ArrayList<>();
    for (int group = 0; group + 1 < groups; group++) {
      relations.add(Relation.of(group, direction, group + 1));
    }
    return relations;
  }

  private static List<Relation> pairFirst(Direction within, Direction between) {
    return List.of(Relation.of(0, within, 1), new Relation(List.of(0, 1), between, List.of(2)));
  }

  private static List<Relation> pairLast(Direction within, Direction between) {
    return List.of(Relation.of(1, within, 2), new Relation(List.of(0), between, List.of(1, 2)));
  }
}
