package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NounTaggerTest {
  private final NounTagger tagger = new NounTagger();

  @Test
  void commonAndProperNounsAreFoundInLowerCase() {
    assertThat(
            tagger.nouns(
                "The image features a brown dog running quickly across a green field in Paris."))
        .containsExactly("image", "dog", "field", "paris");
  }

  @Test
  void aNounCountsAsOftenAsItStandsThere() {
    assertThat(tagger.nouns("A cup stands next to a cup.")).containsExactly("cup", "cup");
  }

  @Test
  void nothingIsInNothing() {
    assertThat(tagger.nouns("")).isEmpty();
    assertThat(tagger.nouns(" \n ")).isEmpty();
    assertThat(tagger.nouns("... !")).isEmpty();
  }

  @Test
  void threadsMayShareATagger() {
    List<String> alone = tagger.nouns("Two dogs and a cat sleep on the old sofa.");

    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> tagger.nouns("Two dogs and a cat sleep on the old sofa."))
                .toList())
        .containsOnly(alone);
  }
}
