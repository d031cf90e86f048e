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
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    double least = sorted[Math.max(0, sorted.length - most)];
    int[] outcomes = new int[probabilities.length];
    double[] logs = new double[probabilities.length];
    int count = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (probabilities[i] >= least) {
        outcomes[count] = i;
        logs[count++] = StrictMath.log(probabilities[i]);
      }
    }
    return new Candidates(Arrays.copyOf(outcomes, count), Arrays.copyOf(logs, count));
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
