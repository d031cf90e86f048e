package dev.darkroom.recaption.image;

/**
 * Which pixels of a line make each pixel of the resampled line, and with which weights.
 *
 * <p>The arithmetic is that of Pillow's {@code Resample.c}: weights in double precision,
 * normalised, then rounded to fixed point with {@value #PRECISION} fraction bits.
 */
final class ResamplingKernel {
  /** Fraction bits of a weight: 32 bits less 8 for the sample and 2 for overshoot. */
  private static final int PRECISION = 32 - 8 - 2;

  private static final int HALF = 1 << (PRECISION - 1);

  private final int[] first;
  private final int[][] weights;

  private ResamplingKernel(int[] first, int[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** The kernel that makes {@code target} pixels of {@code source} pixels. */
  static ResamplingKernel of(int source, int target, ResamplingFilter filter) {
    double scale = (double) source / target;
    double widening = Math.max(scale, 1);
    double support = filter.support() * widening;
    double narrowing = 1 / widening;
    int[] first = new int[target];
    int[][] weights = new int[target][];
    for (int i = 0; i < target; i++) {
      double center = (i + 0.5) * scale;
      int from = Math.max(0, (int) (center - support + 0.5));
      int count = Math.min(source, (int) (center + support + 0.5)) - from;
      double[] shares = new double[count];
      double sum = 0;
      for (int k = 0; k < count; k++) {
        shares[k] = filter.at((k + from - center + 0.5) * narrowing);
        sum += shares[k];
      }
      first[i] = from;
      weights[i] = toFixedPoint(shares, sum);
    }
    return new ResamplingKernel(first, weights);
  }

  private static int[] toFixedPoint(double[] shares, double sum) {
    int[] fixed = new int[shares.length];
    for (int k = 0; k < fixed.length; k++) {
      double weight = (sum == 0 ? shares[k] : shares[k] / sum) * (1 << PRECISION);
      fixed[k] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    return fixed;
  }

  /** Pixels of the resampled line. */
  int length() {
    return weights.length;
  }

  /** The first source pixel of the target pixel {@code i}. */
  int first(int i) {
    return first[i];
  }

  /** The weights of the source pixels from {@link #first(int)} on; not to be changed. */
  int[] weights(int i) {
    return weights[i];
  }

  /** What a sum of weighted samples starts with. */
  static int start() {
    return HALF;
  }

  /** The sample that a sum of weighted samples stands for. */
  static byte sample(int sum) {
    int value = sum >> PRECISION;
    return (byte) (value < 0 ? 0 : Math.min(value, 255));
  }
}
