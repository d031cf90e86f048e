package dev.darkroom.recaption.nouns;

import java.util.Arrays;

/**
 * Outcomes that a beam search goes on with.
 *
 * @param outcomes as numbers, ascending
 * @param logs the logarithms of their probabilities
 */
record Candidates(int[] outcomes, double[] logs) {
  /**
   * The likeliest outcomes: as many as asked for, and more where some are as likely as the last.
   *
   * @param sums the outcomes' sums of weights; overwritten
   */
  static Candidates of(double[] sums, int most) {
    double[] probabilities = probabilities(sums);
    double least = least(probabilities, most);
    int[] outcomes = new int[most];
    double[] logs = new double[most];
    int count = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] >= least) {
        if (count == outcomes.length) {
          outcomes = Arrays.copyOf(outcomes, 2 * count);
          logs = Arrays.copyOf(logs, 2 * count);
        }
        outcomes[count] = i;
        logs[count++] = StrictMath.log(probabilities[i]);
      }
    }
    return new Candidates(Arrays.copyOf(outcomes, count), Arrays.copyOf(logs, count));
  }

  /** The last of the largest values, or the smallest if there are fewer. */
  private static double least(double[] values, int most) {
    double[] largest = new double[most]; // ascending
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (double value : values) {
      if (value > largest[0]) {
        int i = 0;
        while (i + 1 < most && largest[i + 1] < value) {
          largest[i] = largest[i + 1];
          i++;
        }
        largest[i] = value;
      }
    }
    return largest[0];
  }

  /**
   * Turns sums of weights into probabilities with the same operations in the same order as
   * OpenNLP's {@code GISModel}, so that they are the same doubles.
   *
   * @param sums overwritten
   * @return the same array
   */
  static double[] probabilities(double[] sums) {
    double normal = 0;
    double last = Double.NaN;
    double lastExponential = Double.NaN;
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != last) { // many outcomes have the prior and nothing more
        last = sums[i];
        lastExponential = StrictMath.exp(last);
      }
      sums[i] = lastExponential;
      normal += lastExponential;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= normal;
    }
    return sums;
  }
}
