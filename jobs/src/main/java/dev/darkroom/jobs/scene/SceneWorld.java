package dev.darkroom.jobs.scene;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * All scenes of one seed. Each is made from seed and index alone, so it does not matter which
 * process makes it, nor in what order.
 */
public final class SceneWorld {
  /** Places nearer to the border between two ninths of the picture are not used alone. */
  private static final int BORDER = 4;

  /** What is scattered must spread at least this far in both directions. */
  private static final int LEAST_SPREAD = 36;

  private final long seed;

  /** The world of a seed. */
  public SceneWorld(long seed) {
    this.seed = seed;
  }

  /**
   * A scene.
   *
   * @param index 0 or more
   */
  public Scene scene(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("scene " + index + ": an index is 0 or more");
    }
    Random random = new Random(Mixing.mix(seed, index));
    Ground ground = any(random, Ground.values());
    Style style = any(random, Style.values());
    int dice = random.nextInt(100);
    int number = dice < 40 ? 1 : dice < 80 ? 2 : 3;
    int[] counts = counts(random, number);
    Layout layout = layout(random, counts);
    while (true) {
      List<Look> looks = looks(random, ground, number);
      Optional<List<Group>> groups =
          layout == Layout.SCATTERED
              ? scattered(random, looks.get(0), counts[0])
              : banded(random, layout, looks, counts);
      if (groups.isPresent() && clear(layout, groups.get())) {
        return new Scene(seed, index, ground, style, layout, groups.get());
      }
    }
  }

  private static int[] counts(Random random, int number) {
    if (number == 1) {
      return new int[] {random.nextInt(100) < 45 ? 1 : 2 + random.nextInt(3)};
    }
    int[] counts = new int[number];
    do {
      for (int i = 0; i < number; i++) {
        counts[i] = random.nextInt(2) == 0 ? 1 : 1 + random.nextInt(3);
      }
    } while (IntStream.of(counts).sum() > 4);
    return counts;
  }

  private static Layout layout(Random random, int[] counts) {
    if (counts.length == 1) {
      return switch (counts[0]) {
        case 1 -> Layout.ALONE;
        case 2 -> any(random, Layout.ROW, Layout.COLUMN);
        default -> any(random, Layout.ROW, Layout.COLUMN, Layout.SCATTERED);
      };
    }
    if (counts.length == 2) {
      return any(random, Layout.LEFT_TO_RIGHT, Layout.TOP_TO_BOTTOM);
    }
    return any(
        random,
        Layout.LEFT_TO_RIGHT,
        Layout.TOP_TO_BOTTOM,
        Layout.PAIR_ABOVE,
        Layout.PAIR_LEFT,
        Layout.PAIR_BELOW,
        Layout.PAIR_RIGHT);
  }

  private static List<Look> looks(Random random, Ground ground, int number) {
    List<Look> looks = new ArrayList<>();
    while (looks.size() < number) {
      Look look =
          new Look(
              any(random, Magnitude.values()),
              any(random, Texture.values()),
              any(random, Hue.values()),
              any(random, Silhouette.values()));
      if (ground.shows(look.hue()) && looks.stream().allMatch(look::isToldFrom)) {
        looks.add(look);
      }
    }
    return looks;
  }

  private static Optional<List<Group>> scattered(Random random, Look look, int count) {
    int radius = look.magnitude().radius();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Place place = new Bands(random).anywhere(radius);
      if (places.stream().anyMatch(other -> !Bands.apart(place, other, radius))) {
        return Optional.empty();
      }
      places.add(place);
    }
    boolean wide = spread(places.stream().map(Place::x).toList()) >= LEAST_SPREAD;
    boolean high = spread(places.stream().map(Place::y).toList()) >= LEAST_SPREAD;
    return wide && high ? Optional.of(List.of(new Group(look, places))) : Optional.empty();
  }

  private static Optional<List<Group>> banded(
      Random random, Layout layout, List<Look> looks, int[] counts) {
    List<List<Integer>> bands = layout.bands(looks.size());
    List<List<Integer>> radii =
        bands.stream()
            .map(
                band ->
                    band.stream()
                        .flatMap(
                            group ->
                                Collections.nCopies(
                                    counts[group], looks.get(group).magnitude().radius())
                                    .stream())
                        .toList())
            .toList();
    return new Bands(random)
        .place(radii)
        .map(
            places -> {
              List<Group> groups = new ArrayList<>();
              for (int i = 0; i < bands.size(); i++) {
                int used = 0;
                for (int group : bands.get(i)) {
                  List<Place> own = places.get(i).subList(used, used + counts[group]);
                  used += counts[group];
                  groups.add(
                      new Group(
                          looks.get(group),
                          layout.upright() ? own.stream().map(Place::transposed).toList() : own));
                }
              }
              return groups;
            });
  }

  /** Whether nobody could see the scene laid out in another way. */
  private static boolean clear(Layout layout, List<Group> groups) {
    if (layout == Layout.ALONE) {
      Place place = groups.get(0).places().get(0);
      return farFromBorders(place.x()) && farFromBorders(place.y());
    }
    return layout.relations(groups.size()).stream().allMatch(relation -> clear(relation, groups));
  }

  /** Whether things lie much farther from each other in the relation's direction than across it. */
  private static boolean clear(Relation relation, List<Group> groups) {
    double dx =
        middle(groups, relation.objects(), true) - middle(groups, relation.subjects(), true);
    double dy =
        middle(groups, relation.objects(), false) - middle(groups, relation.subjects(), false);
    return switch (relation.direction()) {
      case LEFT_OF -> Math.abs(dy) <= 0.7 * dx;
      case RIGHT_OF -> Math.abs(dy) <= -0.7 * dx;
      case ABOVE -> Math.abs(dx) <= 0.7 * dy;
      case BELOW -> Math.abs(dx) <= -0.7 * dy;
    };
  }

  private static double middle(List<Group> groups, List<Integer> members, boolean horizontal) {
    return members.stream()
        .flatMap(group -> groups.get(group).places().stream())
        .mapToInt(place -> horizontal ? place.x() : place.y())
        .average()
        .orElseThrow();
  }

  private static boolean farFromBorders(int coordinate) {
    int first = Scene.GRID / 3;
    int second = 2 * Scene.GRID / 3;
    return Math.abs(coordinate - first) >= BORDER && Math.abs(coordinate - second) >= BORDER;
  }

  private static int spread(List<Integer> coordinates) {
    return Collections.max(coordinates) - Collections.min(coordinates);
  }

  @SafeVarargs
  private static <T> T any(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
