package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedTokenTest {
  @ParameterizedTest
  @ValueSource(strings = {"NOUN", "PROPN", "NOUN+PART", "PROPN+PROPN", "DET+NOUN", "NOUN+ADP"})
  void nounsAreNouns(String tag) {
    assertThat(new TaggedToken("x", tag).isNoun()).isTrue();
    assertThat(new TaggedToken("x", tag).isVerb()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VERB", "VERB+PART", "PRON+VERB", "AUX+PART+VERB"})
  void verbsAreVerbs(String tag) {
    assertThat(new TaggedToken("x", tag).isVerb()).isTrue();
    assertThat(new TaggedToken("x", tag).isNoun()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PRON", "PRON+PART", "AUX", "AUX+PART", "ADJ", "X"})
  void theOthersAreNeither(String tag) {
    assertThat(new TaggedToken("x", tag).isNoun()).isFalse();
    assertThat(new TaggedToken("x", tag).isVerb()).isFalse();
  }
}
