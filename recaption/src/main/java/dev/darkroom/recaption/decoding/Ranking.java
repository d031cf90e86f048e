package dev.darkroom.recaption.decoding;

import java.util.Arrays;

/**
 * The tokens that are not ruled out, from the most probable to the least, with their probabilities.
 * Equal scores rank by token id. Exponentials are {@link StrictMath}'s, the same on every JVM.
 */
final class Ranking {
  private final int[] tokens;
  private final double[] probabilities;

  private Ranking(int[] tokens, double[] probabilities) {
    this.tokens = tokens;
    this.probabilities = probabilities;
  }

  static Ranking of(float[] scores) {
    long[] keys = new long[scores.length];
    int count = 0;
    for (int token = 0; token < scores.length; token++) {
      if (scores[token] > Float.NEGATIVE_INFINITY) {
        keys[count++] = (long) descending(scores[token]) << 32 | token;
      }
    }
    Arrays.sort(keys, 0, count);
    if (count == 0 || scores[(int) keys[0]] == Float.POSITIVE_INFINITY) {
      throw new IllegalStateException(
          "no token can be chosen: all are ruled out, or scores are no finite numbers; the model is"
              + " damaged, the temperature too low or the no-repeat n-gram size too small");
    }
    int[] tokens = new int[count];
    double[] probabilities = new double[count];
    double largest = scores[(int) keys[0]];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      tokens[i] = (int) keys[i];
      probabilities[i] = StrictMath.exp(scores[tokens[i]] - largest);
      sum += probabilities[i];
    }
    for (int i = 0; i < count; i++) {
      probabilities[i] /= sum;
    }
    return new Ranking(tokens, probabilities);
  }

  /** An integer that is smaller for the larger score. */
  private static int descending(float score) {
    int bits = Float.floatToIntBits(score + 0f);
    return bits < 0 ? bits & Integer.MAX_VALUE : ~bits;
  }

  /** How many tokens there are. */
  int size() {
    return tokens.length;
  }

  /** The token at a rank from 0 on. */
  int token(int rank) {
    return tokens[rank];
  }

  /** Its probability among all ranked tokens. */
  double probability(int rank) {
    return probabilities[rank];
  }

  /**
   * The rank that a number picks when each of the first {@code kept} tokens has room in proportion
   * to its probability.
   *
   * @param uniform in [0, 1)
   */
  int pick(int kept, double uniform) {
    double sum = 0;
    for (int rank = 0; rank < kept; rank++) {
      sum += probabilities[rank];
    }
    double left = uniform * sum;
    for (int rank = 0; rank < kept - 1; rank++) {
      left -= probabilities[rank];
      if (left < 0) {
        return rank;
      }
    }
    return kept - 1;
  }
}
