package dev.darkroom.jobs.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMeterTest {
  @ParameterizedTest
  @CsvSource({
    "cat, 1",
    "make, 1",
    "table, 2",
    "whale, 1",
    "the, 1",
    "elephant, 3",
    "rhythm, 1",
    "photography, 4",
    "café, 2",
    "2024, 1",
    "naïveté, 3",
  })
  void syllablesOfAWord(String word, int syllables) {
    assertThat(TextMeter.of(word).syllables()).isEqualTo(syllables);
  }

  @ParameterizedTest
  @CsvSource({
    "A cat's well-known hat, 4, 1",
    "One. Two! Three?, 3, 3",
    "He said 'no...' and left., 5, 2",
    "3.5 mm f/2.8, 6, 1",
    "!!!, 0, 0",
    "猫が座っている, 1, 1",
  })
  void wordsAndSentences(String text, int words, int sentences) {
    TextMeter meter = TextMeter.of(text);

    assertThat(meter.words()).isEqualTo(words);
    assertThat(meter.sentences()).isEqualTo(sentences);
  }

  @Test
  void readingEaseIsFleschs() {
    // 6 words, 1 sentence, 6 syllables: 206.835 - 1.015 x 6 - 84.6 x 1.
    assertThat(TextMeter.of("The cat sat on the mat.").readingEase()).isPresent();
    assertThat(TextMeter.of("The cat sat on the mat.").readingEase().getAsDouble())
        .isCloseTo(116.145, within(1e-9));
    assertThat(TextMeter.of("猫が座っている 犬").readingEase()).isEmpty();
    assertThat(TextMeter.of("").readingEase()).isEmpty();
  }

  @Test
  void longTextsTakeNoLongTime() {
    String text = "a".repeat(1_000_000) + "-".repeat(100_000) + "'b".repeat(100_000);

    assertThat(TextMeter.of(text).words()).isPositive();
  }
}
