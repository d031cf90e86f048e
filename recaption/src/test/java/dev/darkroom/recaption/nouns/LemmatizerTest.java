package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LemmatizerTest {
  private final NounTagger tagger = new NounTagger();
  private final Lemmatizer lemmatizer = new Lemmatizer();

  @Test
  void lemmasStandForTheTokensOfAText() {
    List<TaggedToken> tokens = tagger.tag("The children were riding two old bicycles.");

    assertThat(lemmatizer.lemmas(tokens))
        .containsExactly("the", "child", "be", "ride", "two", "old", "bicycle", ".");
  }

  @Test
  void nothingHasNoLemmas() {
    assertThat(lemmatizer.lemmas(List.of())).isEmpty();
  }
}
