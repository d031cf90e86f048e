package dev.darkroom.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NounPhrasesTest {
  private static final NounPhrases PHRASES = new NounPhrases();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a green bench and a red car | Is there a green bench | Is there a red car",
        "an orange cat | Is there an orange cat | Is there an orange cat",
        "four trucks | Are there four trucks | Are there four trucks",
        "A dog is walking on a leash with its owner." + " | Is there a dog | Is there an owner",
        "The black chair is on the right of the wooden table. | Is there a black chair"
            + " | Is there a wooden table",
      })
  void questionsReadLikeThis(String prompt, String first, String last) {
    List<String> questions = PHRASES.of(prompt).stream().map(NounPhrases.Phrase::question).toList();

    assertThat(questions.get(0)).isEqualTo(first + " in this image? Answer yes or no.");
    assertThat(questions.get(questions.size() - 1))
        .isEqualTo(last + " in this image? Answer yes or no.");
  }
}
