package dev.darkroom.compression.context;

/**
 * What the network is told of a pixel: neighbours, errors and predictions, relative to the local
 * prediction and in units of the local error scale, so that the same structure looks the same at
 * any brightness and contrast.
 */
final class ContextFeatures {
  private static final int[][] SAMPLES = {
    {-1, 0}, {0, -1}, {-1, -1}, {1, -1}, {-2, 0}, {0, -2}, {1, -2}
  };
  private static final int[][] ERRORS = {{-1, 0}, {0, -1}, {-1, -1}, {1, -1}, {-2, 0}, {0, -2}};
  private static final int[][] STEADY_ERRORS = {{-1, 0}, {0, -1}};
  private static final int[][] CROSS_ERRORS = {{0, 0}, {-1, 0}, {0, -1}, {1, 0}, {0, 1}};
  private static final float[] LEVELS = {0.5f, 1.5f, 5f, 16f};
  private static final float LIMIT = 8f;
  private static final int OWN_FEATURES = 22;
  private static final int CROSS_FEATURES = 9;

  private final PlaneHistory[] planes;
  private final ErrorScale[] crossScales;
  private final int stride;
  private final float[] values;
  private final float[] crossScale = new float[LaneKernel.LANES];

  ContextFeatures(PlaneHistory[] planes, int stride) {
    this.planes = planes.clone();
    this.stride = stride;
    this.values = new float[count(planes.length) * stride];
    this.crossScales = new ErrorScale[planes.length - 1];
    for (int i = 0; i < crossScales.length; i++) {
      crossScales[i] = ErrorScale.ofClosed(planes[i]);
    }
  }

  /** The number of features for the last of so many planes. */
  static int count(int planes) {
    return OWN_FEATURES + CROSS_FEATURES * (planes - 1);
  }

  /** The features, {@code stride} floats apart, one lane per row. */
  float[] values() {
    return values;
  }

  /**
   * Computes the features of a block of rows.
   *
   * @param local predictions of the local predictor, 0 to 255
   * @param steady predictions of the steady predictor, 0 to 255
   * @param scale error scales, positive
   * @param unit their reciprocals
   * @param recent longer-term mean absolute errors
   */
  void compute(
      int t,
      int row,
      int offset,
      float[] local,
      float[] steady,
      float[] scale,
      float[] unit,
      float[] recent) {
    PlaneHistory own = planes[planes.length - 1];
    int to = offset;
    for (int[] o : SAMPLES) {
      difference(own.samples(), t, row, o, local, unit, offset, to);
      to += stride;
    }
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[to + k] = clamp((steady[offset + k] - local[offset + k]) * unit[offset + k]);
    }
    to += stride;
    for (int[] o : ERRORS) {
      scaled(own.localErrors(), t, row, o, unit, offset, to);
      to += stride;
    }
    for (int[] o : STEADY_ERRORS) {
      scaled(own.steadyErrors(), t, row, o, unit, offset, to);
      to += stride;
    }
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[to + k] = clamp(recent[offset + k] * unit[offset + k]);
    }
    to += stride;
    for (float level : LEVELS) {
      for (int k = 0; k < LaneKernel.LANES; k++) {
        values[to + k] = scale[offset + k] / (scale[offset + k] + level);
      }
      to += stride;
    }
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[to + k] = local[offset + k] * 0.0078125f - 1f;
    }
    to += stride;
    for (int plane = planes.length - 2; plane >= 0; plane--) {
      cross(plane, t, row, unit, offset, to);
      to += CROSS_FEATURES * stride;
    }
  }

  private void cross(int plane, int t, int row, float[] unit, int offset, int first) {
    int to = first;
    PlaneHistory other = planes[plane];
    for (int[] o : CROSS_ERRORS) {
      scaled(other.localErrors(), t, row, o, unit, offset, to);
      to += stride;
    }
    scaled(other.steadyErrors(), t, row, CROSS_ERRORS[0], unit, offset, to);
    to += stride;
    crossScales[plane].compute(t, row, crossScale, 0);
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[to + k] = clamp(crossScale[k] * unit[offset + k]);
    }
    to += stride;
    gradient(other.samples(), t, row, 1, 0, unit, offset, to);
    gradient(other.samples(), t, row, 0, 1, unit, offset, to + stride);
  }

  private void difference(
      SkewedPlane plane, int t, int row, int[] o, float[] local, float[] unit, int offset, int to) {
    float[] data = plane.data();
    int from = plane.index(t, row, o[0], o[1]);
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[to + k] = clamp((data[from + k] - local[offset + k]) * unit[offset + k]);
    }
  }

  private void scaled(
      SkewedPlane plane, int t, int row, int[] o, float[] unit, int offset, int to) {
    float[] data = plane.data();
    int from = plane.index(t, row, o[0], o[1]);
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[to + k] = clamp(data[from + k] * unit[offset + k]);
    }
  }

  private void gradient(
      SkewedPlane plane, int t, int row, int dx, int dy, float[] unit, int offset, int to) {
    float[] data = plane.data();
    int here = plane.index(t, row, 0, 0);
    int there = plane.index(t, row, dx, dy);
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[to + k] = clamp((data[there + k] - data[here + k]) * unit[offset + k]);
    }
  }

  private static float clamp(float value) {
    return Math.max(-LIMIT, Math.min(LIMIT, value));
  }
}
