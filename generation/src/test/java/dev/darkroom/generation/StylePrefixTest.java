package dev.darkroom.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StylePrefixTest {
  @Test
  void aStyleStandsBeforeThePrompt() {
    assertThat(StylePrefix.PIXEL_ART.apply(" a red circle "))
        .isEqualTo("Pixel art of a red circle");
    assertThat(StylePrefix.VAN_GOGH.apply(" \n")).isEmpty();
    assertThat(Arrays.stream(StylePrefix.values()).map(style -> style.apply("x")))
        .doesNotHaveDuplicates()
        .allMatch(text -> text.endsWith(" of x"));
  }

  @Test
  void stylesHaveNames() {
    for (StylePrefix style : StylePrefix.values()) {
      assertThat(StylePrefix.of(style.id())).isEqualTo(style);
    }
    assertThatThrownBy(() -> StylePrefix.of("cubism"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("photography, pixel-art, pencil-drawing, monet, van-gogh");
  }
}
