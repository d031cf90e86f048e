package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import opennlp.tools.lemmatizer.LemmatizerME;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LemmatizerTest {
  private static final NounTagger TAGGER = new NounTagger();
  private static final Lemmatizer LEMMATIZER = new Lemmatizer();
  private static final LemmatizerME REFERENCE = new LemmatizerME(EnglishModels.lemmas());

  @Test
  void lemmasStandForTheTokensOfAText() {
    List<TaggedToken> tokens = TAGGER.tag("The children were riding two old bicycles.");

    assertThat(LEMMATIZER.lemmas(tokens))
        .containsExactly("the", "child", "be", "ride", "two", "old", "bicycle", ".");
  }

  @Test
  void nothingHasNoLemmas() {
    assertThat(LEMMATIZER.lemmas(List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.darkroom.recaption.nouns.TaggerParityTest#hostileTexts")
  void lemmasAreThoseOfOpenNlp(String text) {
    List<TaggedToken> tokens = TAGGER.tag(text);

    assertThat(LEMMATIZER.lemmas(tokens))
        .containsExactly(
            REFERENCE.lemmatize(
                tokens.stream().map(TaggedToken::text).toArray(String[]::new),
                tokens.stream().map(TaggedToken::tag).toArray(String[]::new)));
  }

  @Test
  void threadsMayShareALemmatizer() {
    List<TaggedToken> tokens = TAGGER.tag("Two geese were chasing the neighbours' children.");
    List<String> alone = LEMMATIZER.lemmas(tokens);
    Lemmatizer shared = new Lemmatizer();

    assertThat(IntStream.range(0, 500).parallel().mapToObj(i -> shared.lemmas(tokens)).toList())
        .containsOnly(alone);
  }
}
