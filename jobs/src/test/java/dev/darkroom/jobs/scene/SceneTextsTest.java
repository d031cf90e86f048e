package dev.darkroom.jobs.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SceneTextsTest {
  private static final List<Scene> SCENES =
      LongStream.range(0, 2000).mapToObj(new SceneWorld(8)::scene).toList();

  @Test
  void textsReadLikeThis() {
    Group left = group(Magnitude.LARGE, Texture.STRIPED, Hue.RED, Silhouette.CIRCLE, 30);
    Group right = group(Magnitude.SMALL, Texture.SOLID, Hue.ORANGE, Silhouette.CROSS, 90, 110);
    Scene alone = scene(Layout.ALONE, left);
    Scene pair = scene(Layout.LEFT_TO_RIGHT, left, right);

    assertThat(SceneDescription.of(alone))
        .isEqualTo(
            "The image features a large striped red circle on the left."
                + " The background is mint, and the style is soft.");
    assertThat(SceneDescription.of(pair))
        .isEqualTo(
            "The image features a large striped red circle and two small solid orange crosses."
                + " The red circle is to the left of the orange crosses."
                + " The background is mint, and the style is soft.");
    assertThat(ScenePrompt.of(alone)).isEqualTo("a red circle");
    assertThat(ScenePrompt.of(pair))
        .isIn(
            "a red circle left of two orange crosses", "two orange crosses right of a red circle");
    assertThat(
            ScenePrompt.of(
                scene(
                    Layout.ALONE,
                    group(Magnitude.SMALL, Texture.SOLID, Hue.ORANGE, Silhouette.CROSS, 64))))
        .isEqualTo("an orange cross");
  }

  @Test
  void threeGroupsReadLikeThis() {
    Group first = group(Magnitude.SMALL, Texture.SOLID, Hue.RED, Silhouette.CIRCLE, 30);
    Group second = group(Magnitude.SMALL, Texture.SOLID, Hue.BLUE, Silhouette.STAR, 60);
    Group third = group(Magnitude.SMALL, Texture.SOLID, Hue.PINK, Silhouette.RING, 90);

    assertThat(SceneDescription.of(scene(Layout.TOP_TO_BOTTOM, first, second, third)))
        .contains(
            "The red circle is above the blue star, and the blue star is above the pink ring.")
        .contains(
            "a small solid red circle, a small solid blue star, and a small solid pink ring.");
    assertThat(SceneDescription.of(scene(Layout.PAIR_LEFT, first, second, third)))
        .contains(
            "The red circle is above the blue star, and both are to the left of the pink ring.");
    assertThat(SceneDescription.of(scene(Layout.PAIR_BELOW, first, second, third)))
        .contains(
            "The blue star is to the left of the pink ring, and the red circle is above both.");
    assertThat(ScenePrompt.of(scene(Layout.PAIR_LEFT, first, second, third)))
        .isEqualTo("a red circle above a blue star, both left of a pink ring");
    assertThat(ScenePrompt.of(scene(Layout.PAIR_RIGHT, first, second, third)))
        .isEqualTo("a blue star above a pink ring, both right of a red circle");
  }

  @Test
  void descriptionsSayWhatTheTruthSaysAndNothingElse() throws JsonProcessingException {
    for (Scene scene : SCENES) {
      JsonNode truth = new ObjectMapper().readTree(SceneTruth.json(scene, 128));
      String description = SceneDescription.of(scene);
      String features = description.substring(0, description.indexOf('.'));
      for (JsonNode group : truth.get("groups")) {
        int count = group.get("count").asInt();
        assertThat(group.get("objects")).hasSize(count);
        String shape = group.get("shape").asText();
        String noun = count == 1 ? shape : shape.equals("cross") ? "crosses" : shape + "s";
        assertThat(features)
            .contains(
                "%s %s %s %s %s"
                    .formatted(
                        List.of("a", "two", "three", "four").get(count - 1),
                        group.get("size").asText(),
                        group.get("texture").asText(),
                        group.get("color").asText(),
                        noun));
      }
      assertThat(features.split(" (small|medium|large) ", -1))
          .hasSize(1 + truth.get("groups").size());
      assertThat(description)
          .endsWith(
              "The background is %s, and the style is %s."
                  .formatted(
                      truth.get("background").get("color").asText(),
                      truth.get("background").get("style").asText()));
      assertThat(truth.get("relations").size())
          .isEqualTo(truth.get("groups").size() - 1)
          .isEqualTo(description.split(" (left of|above) ", -1).length - 1);
    }
  }

  @Test
  void theTruthMeasuresInPixels() throws JsonProcessingException {
    Scene scene = SCENES.get(0);
    JsonNode small = new ObjectMapper().readTree(SceneTruth.json(scene, 128));
    JsonNode large = new ObjectMapper().readTree(SceneTruth.json(scene, 512));

    for (String key : List.of("x", "y", "radius")) {
      assertThat(large.at("/groups/0/objects/0/" + key).asInt())
          .isEqualTo(4 * small.at("/groups/0/objects/0/" + key).asInt());
    }
  }

  @Test
  void onePromptNeverStandsForTwoArrangements() {
    Map<String, String> seen = new HashMap<>();
    for (Scene scene : SCENES) {
      String arrangement =
          scene.layout()
              + scene.groups().stream()
                  .map(g -> g.count() + g.look().hue().word() + g.look().silhouette())
                  .toList()
                  .toString();
      String told = seen.putIfAbsent(ScenePrompt.of(scene), arrangement);
      assertThat(told == null || told.equals(arrangement)).as(ScenePrompt.of(scene)).isTrue();
    }
  }

  @Test
  void webCaptionsArePoorButOftenHoldOneTrueWord() {
    Set<String> all = new HashSet<>();
    int hints = 0;
    for (Scene scene : SCENES) {
      String caption = WebCaption.of(scene);
      all.add(caption);
      assertThat(caption).isEqualTo(WebCaption.of(scene)).hasSizeBetween(8, 90);
      assertThat(caption).doesNotContain("left").doesNotContain("above").doesNotContain("'");
      String lower = caption.toLowerCase(Locale.ROOT);
      if (scene.groups().stream()
          .map(Group::look)
          .anyMatch(
              look ->
                  lower.contains(look.hue().word()) || lower.contains(look.silhouette().word(1)))) {
        hints++;
      }
    }
    assertThat(all).hasSizeGreaterThan(1500);
    assertThat(hints).isBetween(800, 1400);
  }

  private static Group group(
      Magnitude magnitude, Texture texture, Hue hue, Silhouette silhouette, int... xs) {
    return new Group(
        new Look(magnitude, texture, hue, silhouette),
        Arrays.stream(xs).mapToObj(x -> new Place(x, 64)).toList());
  }

  private static Scene scene(Layout layout, Group... groups) {
    return new Scene(1, 0, Ground.MINT, Style.SOFT, layout, List.of(groups));
  }
}
