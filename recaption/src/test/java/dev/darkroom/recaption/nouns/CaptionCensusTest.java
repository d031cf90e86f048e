package dev.darkroom.recaption.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaptionCensusTest {
  private static final Set<WordForm> ALL = EnumSet.allOf(WordForm.class);
  private static final String CAPTION = "Two dogs in London chase the old Dogs of a fisherman";

  @Test
  void wordsAreFoundInEachForm() {
    Map<WordForm, List<String>> words = new WordFinder(ALL).find(CAPTION);

    assertThat(words.get(WordForm.NOUN)).containsExactly("dogs", "london", "dogs", "fisherman");
    assertThat(words.get(WordForm.CASED)).containsExactly("dogs", "London", "Dogs", "fisherman");
    assertThat(words.get(WordForm.LEMMA)).hasSize(4).startsWith("dog");
    assertThat(words.get(WordForm.VERB)).containsExactly("chase");
    assertThat(new WordFinder(Set.of(WordForm.VERB)).find(CAPTION))
        .isEqualTo(Map.of(WordForm.VERB, List.of("chase")));
  }

  @Test
  void rowsWithoutCaptionAreCountedApart() {
    CaptionCensus census = census(CAPTION, " \t", "");
    census.addMissing();

    assertThat(census.captions()).isEqualTo(3);
    assertThat(census.blank()).isEqualTo(2);
    assertThat(census.missing()).isEqualTo(1);
    assertThat(census.words().get(WordForm.NOUN).captions()).isEqualTo(3);
    assertThat(census.words().get(WordForm.NOUN).total()).isEqualTo(4);
  }

  @Test
  void nothingHasAllFormsToo() {
    CaptionCensus census = new CaptionCensus(ALL);
    census.addMissing();

    assertThat(census.words()).containsOnlyKeys(ALL);
    assertThat(census.captions()).isZero();
  }

  @Test
  void partsMergeToTheWholeAndItsBytes() {
    CaptionCensus whole = census(CAPTION, "a cat", "", "a dog on a cat");
    whole.addMissing();
    CaptionCensus merged = census("", "a dog on a cat");
    merged.addMissing();
    merged.merge(census("a cat", CAPTION));

    byte[] bytes = CaptionCensusFormat.write(whole);
    assertThat(CaptionCensusFormat.write(merged)).isEqualTo(bytes);
    CaptionCensus read = CaptionCensusFormat.read(bytes);
    assertThat(read.words()).isEqualTo(whole.words());
    assertThat(read.missing()).isEqualTo(1);
    assertThat(read.blank()).isEqualTo(1);
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> CaptionCensusFormat.read(part))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("count");
    }
  }

  private static CaptionCensus census(String... captions) {
    CaptionCensus census = new CaptionCensus(ALL);
    WordFinder finder = new WordFinder(ALL);
    for (String caption : captions) {
      census.add(caption, finder);
    }
    return census;
  }
}
