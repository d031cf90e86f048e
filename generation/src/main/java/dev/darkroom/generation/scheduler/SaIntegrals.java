package dev.darkroom.generation.scheduler;

/**
 * Integrals of {@code exp(growth x)} times the Lagrange polynomials through some points: section
 * 4.2 of the SA-Solver paper.
 *
 * <p>Float32 operation by operation, as diffusers computes them: the terms cancel, and any other
 * order gives other digits.
 */
final class SaIntegrals {
  private SaIntegrals() {}

  /**
   * One integral for each point.
   *
   * @param points 1 to 4
   */
  static float[] coefficients(float[] points, float from, float to, int growth) {
    int order = points.length;
    float[] moments = new float[order];
    for (int power = 0; power < order; power++) {
      moments[power] = moment(power, from, to, growth);
    }
    float[] coefficients = new float[order];
    for (int i = 0; i < order; i++) {
      float[] polynomial = lagrange(points, i);
      for (int j = 0; j < order; j++) {
        coefficients[i] += polynomial[j] * moments[order - 1 - j];
      }
    }
    return coefficients;
  }

  /** The integral of {@code exp(growth x) x^power}. */
  private static float moment(int power, float from, float to, int growth) {
    float start = growth * from;
    float end = growth * to;
    float scale = Floats.exp(end);
    float decay = Floats.exp(-(end - start));
    float difference =
        power == 0 ? 1 - decay : antiderivative(power, end) - antiderivative(power, start) * decay;
    return scale * difference / (float) StrictMath.pow(growth, power + 1);
  }

  /** Of {@code exp(x) x^power}, by {@code exp(x)}. */
  private static float antiderivative(int power, float x) {
    return switch (power) {
      case 1 -> x - 1;
      case 2 -> x * x - 2 * x + 2;
      default -> x * x * x - 3 * (x * x) + 6 * x - 6;
    };
  }

  /** The polynomial that is 1 at one point and 0 at the others: the highest power first. */
  private static float[] lagrange(float[] points, int one) {
    float[] others = new float[points.length - 1];
    float denominator = 1;
    for (int i = 0, next = 0; i < points.length; i++) {
      if (i != one) {
        others[next++] = points[i];
        denominator *= points[one] - points[i];
      }
    }
    return switch (others.length) {
      case 0 -> new float[] {1};
      case 1 -> new float[] {1 / denominator, -others[0] / denominator};
      case 2 ->
          new float[] {
            1 / denominator,
            (-others[0] - others[1]) / denominator,
            others[0] * others[1] / denominator
          };
      default ->
          new float[] {
            1 / denominator,
            (-others[0] - others[1] - others[2]) / denominator,
            (others[0] * others[1] + others[0] * others[2] + others[1] * others[2]) / denominator,
            -others[0] * others[1] * others[2] / denominator
          };
    };
  }
}
