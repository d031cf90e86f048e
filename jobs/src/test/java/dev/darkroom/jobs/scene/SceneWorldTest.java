package dev.darkroom.jobs.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneWorldTest {
  private static final int MANY = 3000;
  private static final List<Scene> SCENES = scenes(5);

  @Test
  void aSceneHangsOnSeedAndIndexAlone() {
    SceneWorld world = new SceneWorld(5);

    assertThat(world.scene(1234)).isEqualTo(SCENES.get(1234));
    assertThat(world.scene(7)).isEqualTo(SCENES.get(7));
    assertThat(new SceneWorld(6).scene(7).groups()).isNotEqualTo(SCENES.get(7).groups());
    assertThat(new HashSet<>(SCENES)).hasSize(MANY);
  }

  @Test
  void indicesBelowNoneAreRefused() {
    SceneWorld world = new SceneWorld(5);

    assertThatThrownBy(() -> world.scene(-1)).hasMessageContaining("-1");
  }

  @Test
  void everyAttributeComesUpOftenEnoughToBeLearnt() {
    int looks = SCENES.stream().mapToInt(scene -> scene.groups().size()).sum();

    assertOften(looks(Look::hue), Hue.values(), looks / 20);
    assertOften(looks(Look::silhouette), Silhouette.values(), looks / 12);
    assertOften(looks(Look::magnitude), Magnitude.values(), looks / 5);
    assertOften(looks(Look::texture), Texture.values(), looks / 6);
    assertOften(SCENES.stream().map(Scene::ground), Ground.values(), MANY / 10);
    assertOften(SCENES.stream().map(Scene::style), Style.values(), MANY / 5);
    assertOften(SCENES.stream().map(Scene::layout), Layout.values(), MANY / 60);
    assertThat(SCENES.stream().map(Scene::objects).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(SCENES.stream().map(scene -> scene.groups().size()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void objectsNeitherTouchNorLeaveThePicture() {
    for (Scene scene : SCENES) {
      List<int[]> boxes = new ArrayList<>();
      for (Group group : scene.groups()) {
        int radius = group.look().magnitude().radius();
        for (Place place : group.places()) {
          assertThat(place.x()).isBetween(radius + 1, Scene.GRID - radius - 1);
          assertThat(place.y()).isBetween(radius + 1, Scene.GRID - radius - 1);
          int[] box = {place.x(), place.y(), radius};
          assertThat(boxes)
              .as(scene.id())
              .allMatch(
                  other ->
                      Math.max(Math.abs(other[0] - box[0]), Math.abs(other[1] - box[1]))
                          > other[2] + box[2]);
          boxes.add(box);
        }
      }
    }
  }

  @Test
  void colorAndShapeNameAGroupAndStandOutFromTheGround() {
    for (Scene scene : SCENES) {
      Set<String> names =
          scene.groups().stream()
              .map(group -> group.look().hue() + " " + group.look().silhouette())
              .collect(Collectors.toSet());
      assertThat(names).hasSameSizeAs(scene.groups());
      assertThat(scene.groups()).allMatch(group -> scene.ground().shows(group.look().hue()));
    }
  }

  @Test
  void whatRelationsSayIsSoForEveryPairOfObjects() {
    for (Scene scene : SCENES) {
      for (Relation relation : scene.relations()) {
        for (Place subject : places(scene, relation.subjects())) {
          for (Place object : places(scene, relation.objects())) {
            assertThat(holds(subject, relation.direction(), object)).as(scene.id()).isTrue();
            assertThat(holds(object, relation.direction().inverse(), subject)).isTrue();
          }
        }
      }
    }
  }

  @Test
  void rowsAndColumnsAreStraightAndTheScatteredAreNot() {
    for (Scene scene : SCENES) {
      List<Place> places = scene.groups().get(0).places();
      long rows = places.stream().mapToInt(Place::y).distinct().count();
      long columns = places.stream().mapToInt(Place::x).distinct().count();
      switch (scene.layout()) {
        case ROW -> assertThat(rows).isOne();
        case COLUMN -> assertThat(columns).isOne();
        case SCATTERED -> assertThat(Math.min(rows, columns)).isGreaterThan(1);
        default -> assertThat(scene.groups().size() > 1 || scene.objects() == 1).isTrue();
      }
    }
  }

  private static boolean holds(Place subject, Direction direction, Place object) {
    return switch (direction) {
      case LEFT_OF -> subject.x() < object.x();
      case RIGHT_OF -> subject.x() > object.x();
      case ABOVE -> subject.y() < object.y();
      case BELOW -> subject.y() > object.y();
    };
  }

  private static List<Place> places(Scene scene, List<Integer> groups) {
    return groups.stream().flatMap(i -> scene.groups().get(i).places().stream()).toList();
  }

  private static <E extends Enum<E>> Stream<E> looks(Function<Look, E> attribute) {
    return SCENES.stream()
        .flatMap(scene -> scene.groups().stream())
        .map(group -> attribute.apply(group.look()));
  }

  private static <E extends Enum<E>> void assertOften(Stream<E> found, E[] all, int least) {
    Map<E, Long> counts =
        found.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(counts.keySet()).isEqualTo(EnumSet.copyOf(List.of(all)));
    assertThat(counts)
        .allSatisfy(
            (value, count) -> assertThat(count).as("%s", value).isGreaterThanOrEqualTo(least));
  }

  private static List<Scene> scenes(long seed) {
    SceneWorld world = new SceneWorld(seed);
    return LongStream.range(0, MANY).mapToObj(world::scene).toList();
  }
}
