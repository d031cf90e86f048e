package dev.darkroom.recaption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopDetectorTest {
  @Test
  void wordsAndSentencesThatComeAgainAndAgainAreALoop() {
    assertThat(LoopDetector.isLooping("A dog " + "and a dog ".repeat(12))).isTrue();
    assertThat(LoopDetector.isLooping("Nice. " + "The sky is blue and the sea is calm. ".repeat(3)))
        .isTrue();
    assertThat(LoopDetector.isLooping("red".repeat(40))).isTrue();
    assertThat(LoopDetector.isLooping("!".repeat(256))).isTrue();
  }

  @Test
  void theLastCopyMayBeCut() {
    String sentence = "There are several people standing around in the background of the scene. ";
    assertThat(LoopDetector.isLooping(sentence + sentence + sentence.substring(0, 50))).isTrue();
  }

  @Test
  void whiteSpaceDoesNotHideALoop() {
    assertThat(
            LoopDetector.isLooping(
                "a small red cup on a table\n\na small red  cup on a table "
                    + "a small red cup on a table a small red cup on a table"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A dog.",
        "It is very, very, very cold outside, and the dog wears a coat.",
        "The image features a large red circle on the left, a large red square on the right, "
            + "a large blue circle at the top and a large blue square at the bottom.",
        "A man holds a cup. A woman holds a cup. A child holds a cup. A dog looks at the cups.",
        "The image features two cats. One cat is black and the other cat is white. "
            + "The image features two cats.",
        "Text on the sign reads: ha ha ha ha ha ha. A crowd of people is laughing at it."
      })
  void ordinaryCaptionsAreNone(String caption) {
    assertThat(LoopDetector.isLooping(caption)).isFalse();
  }

  @Test
  void longTextsAreJudgedToo() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("item ").append(i).append(", ");
    }
    assertThat(LoopDetector.isLooping(text.toString())).isFalse();
  }
}
