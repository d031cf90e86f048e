package dev.darkroom.generation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.darkroom.models.onnx.Graph;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TextEncoderTest {
  private static TextEncoder open(String name, boolean lowerCase, int capacity) {
    Path model = Pipelines.model(name);
    return new TextEncoder(
        Graph.open(model.resolve("text_encoder/model.onnx"), Pipelines.OPTIONS.ofGraphs()),
        PromptTokenizer.open(model.resolve("tokenizer"), lowerCase),
        capacity);
  }

  @Test
  void textsAreEncodedOnceAsLongAsTheyAreKept() throws OrtException {
    try (TextEncoder encoder = open("sd2", false, 2)) {
      TextEmbedding first = encoder.encode("a");
      encoder.encode("b");
      assertThat(encoder.encode("a")).isSameAs(first);
      encoder.encode("c");
      assertThat(encoder.keptTexts()).isEqualTo(2);
      assertThat(encoder.encode("a")).isSameAs(first);
      TextEmbedding second = encoder.encode("b");
      encoder.encode("c");
      TextEmbedding again = encoder.encode("a");
      assertThat(again).isNotSameAs(first);
      assertThat(again.states()).isEqualTo(first.states()).isNotEqualTo(second.states());
    }
  }

  @Test
  void textsAreCutBeforeTheirEndAndFilledUp() throws OrtException {
    try (TextEncoder encoder = open("pixart-plain", true, 8)) {
      PromptTokens cut = encoder.encode("one two ".repeat(200)).tokens();
      assertThat(cut.truncated()).isTrue();
      assertThat(cut.ids()).hasSize(120).endsWith(1);
      assertThat(cut.mask()).containsOnly(1);
      PromptTokens empty = encoder.encode("").tokens();
      assertThat(empty.truncated()).isFalse();
      assertThat(empty.ids()).startsWith(1, 0).hasSize(120);
      assertThat(empty.mask()).startsWith(1, 0);
      assertThat(encoder.encode("\u00a0 A Dog\t\u0085").tokens().ids())
          .isEqualTo(encoder.encode("a dog").tokens().ids());
    }
  }
}
