package dev.darkroom.generation.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/** The benchmark's scores of one image, each 0 to 1; a score over prompts is their mean. */
public final class CompositionScores {
  /** A spatial score below this is nothing. */
  private static final double LEAST_SPATIAL = 0.5;

  private CompositionScores() {}

  /**
   * How many things of a kind there shall be, and are.
   *
   * @param asked 1 or more
   * @param seen 0 or more
   */
  public record Count(int asked, int seen) {
    /** Refuses counts out of range. */
    public Count {
      if (asked < 1 || seen < 0) {
        throw new IllegalArgumentException("%d asked, %d seen".formatted(asked, seen));
      }
    }
  }

  /**
   * Attribute binding, for colour, shape and texture (disentangled BLIP-VQA, section 4.1 of the
   * paper): the product over the prompt's noun phrases of how probable it is that the image shows
   * each.
   *
   * @param probabilities one for each noun phrase, 0 to 1; 1 or more of them
   */
  public static double binding(List<Double> probabilities) {
    if (probabilities.isEmpty()) {
      throw new IllegalArgumentException("no noun phrase: there is nothing to score");
    }
    return probabilities.stream()
        .mapToDouble(CompositionScores::checked)
        .reduce(1, (a, b) -> a * b);
  }

  /**
   * Spatial relationship of two things (UniDet, section 4.2 of the paper): a quarter of each
   * detection's confidence and half of the position's score, and nothing where that is below 0.5.
   *
   * @param one confidence of the first thing, 0 where it was not seen
   * @param other confidence of the second thing, 0 where it was not seen
   * @param position {@link Position#score}; it counts only where both were seen
   */
  public static double spatial(double one, double other, double position) {
    double held = one > 0 && other > 0 ? checked(position) : 0;
    double score = 0.25 * checked(one) + 0.25 * checked(other) + 0.5 * held;
    return score < LEAST_SPATIAL ? 0 : score;
  }

  /**
   * Numeracy ({@code UniDet_eval/numeracy_eval.py}): each kind gets half for being there at all and
   * half for being there as often as was asked; the mean over kinds.
   *
   * @param counts one for each kind of thing; 1 or more of them
   */
  public static double numeracy(List<Count> counts) {
    return counts.stream()
        .mapToDouble(
            count -> (count.seen() > 0 ? 0.5 : 0) + (count.seen() == count.asked() ? 0.5 : 0))
        .average()
        .orElseThrow(() -> new IllegalArgumentException("no count: there is nothing to score"));
  }

  /**
   * Complex compositions (3-in-1, section 4.4 of the paper, {@code 3_in_1_eval/3_in_1.py}): the
   * mean of the scores that the prompt gives rise to.
   *
   * @param attributes {@link #binding}
   * @param spatial {@link #spatial}, where the prompt has a spatial relation
   * @param action the non-spatial score, where the prompt has an action
   */
  public static double complex(double attributes, OptionalDouble spatial, OptionalDouble action) {
    double sum = checked(attributes);
    int parts = 1;
    if (spatial.isPresent()) {
      sum += checked(spatial.getAsDouble());
      parts++;
    }
    if (action.isPresent()) {
      sum += checked(action.getAsDouble());
      parts++;
    }
    return sum / parts;
  }

  private static double checked(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a score must be 0 to 1, not " + share);
    }
    return share;
  }
}
