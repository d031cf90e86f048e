package dev.darkroom.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.scene.judging.SceneRequest;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CategoryTest {
  @ParameterizedTest
  @CsvSource({
    "color, COLOR",
    "color_val, COLOR",
    "t2i_compbench_shape.txt, SHAPE",
    "/data/prompts/t2i_compbench_non_spatial.txt, NON_SPATIAL",
    "t2i_compbench_spatial.txt, SPATIAL",
    "t2i_compbench_3d_spatial.txt, SPATIAL_3D",
    "Numeracy, NUMERACY",
    "non-spatial, NON_SPATIAL",
    "complex_val.txt, COMPLEX",
  })
  void aSetsNameTellsItsCategory(String set, Category category) {
    assertThat(Category.ofSet(set)).contains(category);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "prompts.txt", "colorful", "scenes"})
  void otherNamesTellNone(String set) {
    assertThat(Category.ofSet(set)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a red circle | COLOR SHAPE",
        "a circle | SHAPE",
        "a striped red circle | COLOR SHAPE TEXTURE",
        "a red circle on the left | COLOR SHAPE SPATIAL",
        "three red circles in a row | COLOR SHAPE NUMERACY",
        "a red circle left of a blue square | COLOR SHAPE SPATIAL",
        "a large red circle left of a blue square | COLOR SHAPE SPATIAL COMPLEX",
      })
  void aScenePromptTellsWhatItAsksFor(String prompt, String categories) {
    assertThat(Category.of(SceneRequest.read(prompt).orElseThrow()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(categories.split(" ", -1)).map(Category::valueOf).toList());
  }
}
