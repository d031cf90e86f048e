package dev.darkroom.jobs.score;

import dev.darkroom.generation.evaluation.CompositionScores;
import dev.darkroom.jobs.score.NounPhrases.Phrase;
import dev.darkroom.recaption.DecodingParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Asks whether each of the prompt's noun phrases is there, and whether the whole prompt holds: the
 * benchmark's questions, with answers in words instead of probabilities. A yes is 1, all else 0.
 *
 * <p>The whole prompt stands for the position in the spatial score and for the exact count in
 * numeracy, and is the score of the non-spatial prompts, where the benchmark has CLIPScore.
 */
final class YesNoInterview implements Interview {
  private static final DecodingParameters DECODING = DecodingParameters.greedy(16);

  private final NounPhrases phrases = new NounPhrases();

  @Override
  public DecodingParameters decoding() {
    return DECODING;
  }

  @Override
  public List<String> questions(Subject subject) {
    List<String> questions = new ArrayList<>();
    if (!subject.categories().isEmpty()) {
      questions.add(
          "Is it true that this image shows the following: %s? Answer yes or no."
              .formatted(subject.prompt().strip().replaceAll("[.?!]+$", "")));
      phrases.of(subject.prompt()).stream().map(Phrase::question).forEach(questions::add);
    }
    return questions;
  }

  @Override
  public Judgement judgement(Subject subject, List<String> answers) {
    if (answers.size() < 2) {
      return Judgement.without(
          subject,
          ScoreStatus.NOT_APPLICABLE,
          answers.isEmpty() ? "NO_CATEGORY" : "NO_NOUN",
          answers.isEmpty()
              ? "the prompt set's name tells no category; name one with --category-of"
              : "no noun phrase was found in the prompt, so there is nothing to ask for");
    }
    List<Double> truths = answers.stream().map(YesNoInterview::truth).toList();
    Map<Category, Double> scores = new TreeMap<>();
    for (Category category : subject.categories()) {
      scores.put(category, score(category, truths.get(0), truths.subList(1, truths.size())));
    }
    List<String> questions = questions(subject);
    return new Judgement(
        subject,
        scores,
        String.join("\n", questions),
        String.join("\n", answers),
        Optional.empty(),
        ScoreStatus.SCORED,
        "",
        "");
  }

  private static double score(Category category, double whole, List<Double> parts) {
    double binding = CompositionScores.binding(parts);
    return switch (category) {
      case COLOR, SHAPE, TEXTURE -> binding;
      case SPATIAL, SPATIAL_3D ->
          CompositionScores.spatial(parts.get(0), parts.get(parts.size() - 1), whole);
      case NON_SPATIAL -> whole;
      case COMPLEX ->
          CompositionScores.complex(binding, OptionalDouble.empty(), OptionalDouble.of(whole));
      case NUMERACY ->
          CompositionScores.numeracy(
              parts.stream()
                  .map(part -> new CompositionScores.Count(2, part == 0 ? 0 : whole == 1 ? 2 : 1))
                  .toList());
    };
  }

  private static double truth(String answer) {
    return answer.strip().toLowerCase(Locale.ROOT).matches("(?s)\\W*yes\\b.*") ? 1 : 0;
  }
}
