package dev.darkroom.compression.context;

/**
 * The mean absolute error over a longer stretch: decays like the equations of {@link LeastSquares},
 * but slower.
 */
final class RecentError {
  private static final float LEFT = 0.5f;
  private static final float UP = 0.48f;
  private static final float PRIOR_WEIGHT = 0.1f;
  private static final float PRIOR = 0.4f;

  private final float[] errors;
  private final float[] weights;
  private final float[] means;

  RecentError(int lanes) {
    this.errors = new float[lanes];
    this.weights = new float[lanes];
    this.means = new float[lanes];
  }

  /** The means of the wavefront, one per lane. */
  float[] means() {
    return means;
  }

  /** Moves a block on to the next wavefront; blocks come from the last row upwards. */
  void advance(int offset) {
    for (int k = offset + LaneKernel.LANES - 1; k >= offset; k--) {
      errors[k] = LEFT * errors[k] + UP * errors[k - 1];
      weights[k] = LEFT * weights[k] + UP * weights[k - 1];
      means[k] = (errors[k] + PRIOR) / (weights[k] + PRIOR_WEIGHT);
    }
  }

  /** Takes the error of one pixel into account. */
  void learn(int lane, float error) {
    errors[lane] += Math.abs(error);
    weights[lane] += 1f;
  }
}
