package dev.darkroom.jobs.scene.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.generation.evaluation.Position;
import dev.darkroom.jobs.scene.Direction;
import dev.darkroom.jobs.scene.Group;
import dev.darkroom.jobs.scene.Hue;
import dev.darkroom.jobs.scene.Layout;
import dev.darkroom.jobs.scene.Look;
import dev.darkroom.jobs.scene.Relation;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.SceneDescription;
import dev.darkroom.jobs.scene.ScenePrompt;
import dev.darkroom.jobs.scene.SceneWorld;
import dev.darkroom.jobs.scene.Silhouette;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SceneTextParserTest {
  private static final Path PROMPTS = Path.of("..", "..", "shared", "data", "prompts");
  private static final List<Scene> SCENES =
      LongStream.range(0, 1500).mapToObj(new SceneWorld(31)::scene).toList();

  @Test
  void promptsOfTheWorldAreReadAsTheyWereMeant() {
    for (Scene scene : SCENES) {
      String text = ScenePrompt.of(scene);
      SceneRequest request = read(text);

      assertThat(request.objects()).as(text).isEqualTo(scene.objects());
      assertThat(looks(request))
          .as(text)
          .containsExactlyInAnyOrderElementsOf(
              scene.groups().stream()
                  .map(
                      group -> group.count() + shown(group.look().hue(), group.look().silhouette()))
                  .toList());
      assertThat(request.relations()).as(text).hasSameSizeAs(scene.relations());
      assertThat(request.relations()).allMatch(relation -> holds(relation, request, scene));
    }
  }

  @Test
  void descriptionsOfTheWorldAreReadWhole() {
    for (Scene scene : SCENES) {
      String text = SceneDescription.of(scene);
      SceneRequest request = read(text);

      assertThat(request.ground()).as(text).contains(scene.ground());
      assertThat(request.style()).as(text).contains(scene.style());
      assertThat(request.relations())
          .as(text)
          .isEqualTo(scene.relations().stream().map(SceneTextParserTest::relation).toList());
      for (int i = 0; i < scene.groups().size(); i++) {
        Group group = scene.groups().get(i);
        GroupRequest read = request.groups().get(i);
        Look look = group.look();
        assertThat(read.count()).isEqualTo(group.count());
        assertThat(read.magnitude()).contains(look.magnitude());
        assertThat(read.texture()).contains(look.texture());
        assertThat(read.hue()).contains(look.hue());
        assertThat(read.silhouette()).isEqualTo(look.silhouette());
      }
      assertThat(request.groups().get(0).ninth().isPresent())
          .isEqualTo(scene.layout() == Layout.ALONE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a red circle | 1 red circle",
        "A red circle and a blue square. | 1 red circle; 1 blue square",
        "a red circle, a blue square, and two pink stars | 1 red circle; 1 blue square; 2 pink"
            + " stars",
        "a red circle on the left of a blue square"
            + " | 1 red circle; 1 blue square; red circle left of blue square",
        "a red circle on the left | 1 red circle on the left",
        "a red circle on the left and a blue square on the right"
            + " | 1 red circle on the left; 1 blue square on the right",
        "a circle in the middle | 1 circle in the center",
        "a striped small green ring near an orange heart"
            + " | 1 small striped green ring; 1 orange heart; green ring next to orange heart",
        "a dotted black heart next to a white cross"
            + " | 1 dotted black heart; 1 white cross; black heart next to white cross",
        "an orange star on the top of a brown diamond"
            + " | 1 orange star; 1 brown diamond; orange star above brown diamond",
        "a red circle in the bottom right on a soft mint background"
            + " | 1 red circle in the bottom right corner; on mint; soft",
        "two solid white squares in a column on a flat navy background"
            + " | 2 solid white squares; in a column; on navy; flat",
        "pixel art of a red circle | 1 red circle",
        "Pixel art of three blue rings in a row | 3 blue rings; in a row",
        "a red star above a blue star, both left of four green circles"
            + " | 1 red star; 1 blue star; 4 green circles; red star above blue star;"
            + " red star and blue star left of green circles",
      })
  void otherFormsAreReadToo(String text, String request) {
    assertThat(read(text)).hasToString(request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " . ",
        "a",
        "circle",
        "a red",
        "a green bench and a red car",
        "a red circle and a car",
        "a red circle on the left of",
        "a red circle both above a blue square",
        "a red circle on a red background",
        "two red circle",
        "five red circles",
        "a red circle is dancing",
        "The background is mint.",
        "The image features a red circle. The blue square is above the red circle.",
        "a red circle, a red ring, a red star, a red heart, a red cross",
      })
  void whatIsNoSceneIsNone(String text) {
    assertThat(SceneRequest.read(text)).isEmpty();
  }

  @Test
  void wordsInAnyOrderNeverFail() {
    List<String> words = new ArrayList<>();
    SCENES.stream()
        .limit(50)
        .forEach(scene -> words.addAll(List.of(SceneDescription.of(scene).split(" "))));
    Random random = new Random(4);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(20); j >= 0; j--) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      Optional<SceneRequest> request = SceneRequest.read(text.toString());
      request.ifPresent(read -> assertThat(read.groups()).isNotEmpty());
    }
    assertThat(SceneRequest.read("a red circle and ".repeat(5000))).isEmpty();
  }

  @Test
  @EnabledIf("hasPrompts")
  void promptsOfTheBenchmarkAreNoScenes() throws IOException {
    try (Stream<Path> files = Files.list(PROMPTS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".txt")).toList()) {
        assertThat(Files.readAllLines(file)).allMatch(text -> SceneRequest.read(text).isEmpty());
      }
    }
  }

  static boolean hasPrompts() {
    return Files.isDirectory(PROMPTS);
  }

  private static SceneRequest read(String text) {
    return SceneRequest.read(text).orElseThrow(() -> new AssertionError("not read: " + text));
  }

  private static List<String> looks(SceneRequest request) {
    return request.groups().stream()
        .map(group -> group.count() + shown(group.hue().orElseThrow(), group.silhouette()))
        .toList();
  }

  private static String shown(Hue hue, Silhouette silhouette) {
    return hue + " " + silhouette;
  }

  private static RelationRequest relation(Relation relation) {
    return new RelationRequest(
        relation.subjects(), position(relation.direction()), relation.objects());
  }

  private static Position position(Direction direction) {
    return Position.valueOf(direction.name());
  }

  /** Whether the scene itself has a relation between the groups that look like these. */
  private static boolean holds(RelationRequest relation, SceneRequest request, Scene scene) {
    List<Integer> subjects = inScene(relation.subjects(), request, scene);
    List<Integer> objects = inScene(relation.objects(), request, scene);
    return scene.relations().stream()
        .anyMatch(
            truth ->
                (truth.subjects().equals(subjects)
                        && truth.objects().equals(objects)
                        && position(truth.direction()) == relation.position())
                    || (truth.subjects().equals(objects)
                        && truth.objects().equals(subjects)
                        && position(truth.direction().inverse()) == relation.position()));
  }

  private static List<Integer> inScene(List<Integer> members, SceneRequest request, Scene scene) {
    List<Integer> found = new ArrayList<>();
    for (int member : members) {
      GroupRequest group = request.groups().get(member);
      for (int i = 0; i < scene.groups().size(); i++) {
        Look look = scene.groups().get(i).look();
        if (group.hue().equals(Optional.of(look.hue()))
            && group.silhouette() == look.silhouette()) {
          found.add(i);
        }
      }
    }
    return found.stream().sorted().toList();
  }
}
