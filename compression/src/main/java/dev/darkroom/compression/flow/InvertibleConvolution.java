package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;

/**
 * An invertible 1x1 convolution {@code P L diag(2^d) U} of some neighbouring channels.
 *
 * <p>The triangular factors have unit diagonals and work by integer lifting: each channel gains a
 * rounded sum of others that its factor has not yet changed (U from the first channel to the last,
 * L from the last to the first), so that subtracting the same sum inverts it. The diagonal is a
 * {@link ModularScaleTransform} per channel. P renames channels.
 */
final class InvertibleConvolution implements FlowLayer {
  private static final int COEFFICIENT_BITS = 16;
  private static final int LARGEST_COEFFICIENT = 256;
  private static final int LARGEST_EXPONENT = 14;

  private final int start;
  private final int[] permutation;
  private final long[][] lower;
  private final long[][] upper;
  private final long[] scales;
  private final float[] exactLower;
  private final float[] exactUpper;
  private final float[] logDiagonal;

  /**
   * A convolution of the channels from {@code start}, as many as the permutation has entries, n.
   *
   * @param permutation output channel i is the product's channel {@code permutation[i]}
   * @param lower L by rows, n * n; only what lies below the diagonal counts
   * @param logDiagonal d, the log2 of the diagonal, each -14 to 14
   * @param upper U by rows, n * n; only what lies above the diagonal counts
   * @throws IllegalArgumentException where a size does not fit, the permutation is none, or a
   *     factor is not within its range
   */
  InvertibleConvolution(
      int start, int[] permutation, float[] lower, float[] logDiagonal, float[] upper) {
    int n = permutation.length;
    if (start < 0 || lower.length != n * n || upper.length != n * n || logDiagonal.length != n) {
      throw new IllegalArgumentException(
          "the factors of an invertible convolution of %d channels from %d do not fit"
              .formatted(n, start));
    }
    requirePermutation(permutation);
    this.start = start;
    this.permutation = permutation.clone();
    this.lower = coefficients(lower, n);
    this.upper = coefficients(upper, n);
    exactLower = lower.clone();
    exactUpper = upper.clone();
    this.logDiagonal = logDiagonal.clone();
    scales = new long[n];
    for (int i = 0; i < n; i++) {
      if (!(Math.abs(logDiagonal[i]) <= LARGEST_EXPONENT)) {
        throw new IllegalArgumentException(
            "the log2 of a diagonal must be -14 to 14, not " + logDiagonal[i]);
      }
      double scale = StrictMath.pow(2, logDiagonal[i] + (double) FixedPoint.SCALE_BITS);
      scales[i] = Math.max(1, (long) Math.rint(scale));
    }
  }

  @Override
  public int channelsAfter(int channels) {
    if (channels < start + permutation.length) {
      throw new IllegalArgumentException(
          "an invertible convolution of %d channels from %d can't work on %d"
              .formatted(permutation.length, start, channels));
    }
    return channels;
  }

  @Override
  public FixedPointTensor forward(FixedPointTensor x, BitStack bits) {
    ModularScaleTransform transform = new ModularScaleTransform(bits);
    int n = permutation.length;
    int plane = x.planeSize();
    int[] values = x.values();
    int[] pixel = new int[n];
    for (int p = start * plane; p < (start + 1) * plane; p++) {
      for (int i = 0; i < n; i++) {
        pixel[i] = values[p + i * plane];
      }
      for (int i = 0; i < n; i++) {
        pixel[i] = FixedPointRangeException.require(pixel[i] + lift(upper[i], pixel, i + 1, n));
      }
      for (int i = 0; i < n; i++) {
        pixel[i] = transform.forward(pixel[i], scales[i], 1L << FixedPoint.SCALE_BITS);
      }
      for (int i = n - 1; i >= 0; i--) {
        pixel[i] = FixedPointRangeException.require(pixel[i] + lift(lower[i], pixel, 0, i));
      }
      for (int i = 0; i < n; i++) {
        values[p + i * plane] = pixel[permutation[i]];
      }
    }
    return x;
  }

  @Override
  public FixedPointTensor inverse(FixedPointTensor z, BitStack bits) {
    ModularScaleTransform transform = new ModularScaleTransform(bits);
    int n = permutation.length;
    int plane = z.planeSize();
    int[] values = z.values();
    int[] pixel = new int[n];
    for (int p = (start + 1) * plane - 1; p >= start * plane; p--) {
      for (int i = 0; i < n; i++) {
        pixel[permutation[i]] = values[p + i * plane];
      }
      for (int i = 0; i < n; i++) {
        pixel[i] = FixedPointRangeException.require(pixel[i] - lift(lower[i], pixel, 0, i));
      }
      for (int i = n - 1; i >= 0; i--) {
        pixel[i] = transform.inverse(pixel[i], scales[i], 1L << FixedPoint.SCALE_BITS);
      }
      for (int i = n - 1; i >= 0; i--) {
        pixel[i] = FixedPointRangeException.require(pixel[i] - lift(upper[i], pixel, i + 1, n));
      }
      for (int i = 0; i < n; i++) {
        values[p + i * plane] = pixel[i];
      }
    }
    return z;
  }

  @Override
  public RealTensor transform(RealTensor x, LogDensity density) {
    int n = permutation.length;
    int plane = x.planeSize();
    double[] values = x.values();
    double[] pixel = new double[n];
    for (int p = start * plane; p < (start + 1) * plane; p++) {
      for (int i = 0; i < n; i++) {
        pixel[i] = values[p + i * plane];
      }
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          pixel[i] += exactUpper[i * n + j] * pixel[j];
        }
      }
      for (int i = n - 1; i >= 0; i--) {
        pixel[i] *= Math.pow(2, logDiagonal[i]);
      }
      for (int i = n - 1; i >= 0; i--) {
        for (int j = 0; j < i; j++) {
          pixel[i] += exactLower[i * n + j] * pixel[j];
        }
      }
      for (int i = 0; i < n; i++) {
        values[p + i * plane] = pixel[permutation[i]];
      }
    }
    for (float exponent : logDiagonal) {
      density.addBits(exponent * (double) plane);
    }
    return x;
  }

  private static long lift(long[] coefficients, int[] pixel, int from, int to) {
    long sum = 0;
    for (int j = from; j < to; j++) {
      sum += coefficients[j] * pixel[j];
    }
    return FixedPoint.shiftRounded(sum, COEFFICIENT_BITS);
  }

  private static long[][] coefficients(float[] matrix, int n) {
    long[][] result = new long[n][n];
    for (int i = 0; i < n * n; i++) {
      if (!(Math.abs(matrix[i]) <= LARGEST_COEFFICIENT)) {
        throw new IllegalArgumentException(
            "a coefficient of an invertible convolution must be -256 to 256, not " + matrix[i]);
      }
      result[i / n][i % n] = (long) Math.rint((double) matrix[i] * (1 << COEFFICIENT_BITS));
    }
    return result;
  }

  private static void requirePermutation(int[] permutation) {
    boolean[] seen = new boolean[permutation.length];
    for (int target : permutation) {
      if (target < 0 || target >= seen.length || seen[target]) {
        throw new IllegalArgumentException(
            "the permutation must name each of 0 to %d once".formatted(seen.length - 1));
      }
      seen[target] = true;
    }
  }
}
