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
  private static final int[][] HERE = {{0, 0}};
  private static final int[][] GRADIENTS = {{1, 0}, {0, 1}};
  private static final float[] LEVELS = {0.5f, 1.5f, 5f, 16f};
  private static final float LIMIT = 8f;
  private static final int OWN_FEATURES = 22;
  private static final int CROSS_FEATURES = 9;

  private final PlaneHistory[] planes;
  private final ErrorScale[] crossScales;
  private final int stride;
  private final float[] values;
  private final float[] crossScale;
  private int t;
  private int first;
  private int lanes;

  ContextFeatures(PlaneHistory[] planes, int stride) {
    this.planes = planes.clone();
    this.stride = stride;
    this.values = new float[count(planes.length) * stride];
    this.crossScale = new float[stride];
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
   * Computes the features of some rows.
   *
   * @param wavefront t
   * @param row the first row
   * @param count how many rows
   * @param local predictions of the local predictor, 0 to 255, by lane
   * @param steady predictions of the steady predictor, 0 to 255, by lane
   * @param scale error scales, positive, by lane
   * @param unit their reciprocals
   * @param recent longer-term mean absolute errors, by lane
   */
  void compute(
      int wavefront,
      int row,
      int count,
      float[] local,
      float[] steady,
      float[] scale,
      float[] unit,
      float[] recent) {
    this.t = wavefront;
    this.first = row;
    this.lanes = count;
    int offset = LeastSquares.lane(row);
    PlaneHistory own = planes[planes.length - 1];
    int to = offset;
    for (int[] o : SAMPLES) {
      int from = own.samples().index(t, row, o[0], o[1]);
      difference(own.samples().data(), from, local, offset, unit, offset, values, to, count);
      to += stride;
    }
    difference(steady, offset, local, offset, unit, offset, values, to, count);
    to += stride;
    to = errors(own.localErrors(), ERRORS, unit, to);
    to = errors(own.steadyErrors(), STEADY_ERRORS, unit, to);
    product(recent, offset, unit, offset, values, to, count);
    to += stride;
    for (float level : LEVELS) {
      share(scale, offset, level, values, to, count);
      to += stride;
    }
    brightness(local, offset, values, to, count);
    to += stride;
    for (int plane = planes.length - 2; plane >= 0; plane--) {
      to = cross(plane, unit, to);
    }
  }

  private int cross(int plane, float[] unit, int start) {
    PlaneHistory other = planes[plane];
    int offset = LeastSquares.lane(first);
    int to = errors(other.localErrors(), CROSS_ERRORS, unit, start);
    to = errors(other.steadyErrors(), HERE, unit, to);
    crossScales[plane].compute(t, first, crossScale, offset, lanes);
    product(crossScale, offset, unit, offset, values, to, lanes);
    to += stride;
    float[] samples = other.samples().data();
    int here = other.samples().index(t, first, 0, 0);
    for (int[] o : GRADIENTS) {
      int there = other.samples().index(t, first, o[0], o[1]);
      difference(samples, there, samples, here, unit, offset, values, to, lanes);
      to += stride;
    }
    return to;
  }

  private int errors(SkewedPlane errors, int[][] offsets, float[] unit, int start) {
    int to = start;
    for (int[] o : offsets) {
      int from = errors.index(t, first, o[0], o[1]);
      product(errors.data(), from, unit, LeastSquares.lane(first), values, to, lanes);
      to += stride;
    }
    return to;
  }

  private static void difference(
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] unit,
      int unitAt,
      float[] out,
      int at,
      int count) {
    for (int k = 0; k < count; k++) {
      out[at + k] = Math.max(-LIMIT, Math.min(LIMIT, (a[aAt + k] - b[bAt + k]) * unit[unitAt + k]));
    }
  }

  private static void product(
      float[] a, int aAt, float[] unit, int unitAt, float[] out, int at, int count) {
    for (int k = 0; k < count; k++) {
      out[at + k] = Math.max(-LIMIT, Math.min(LIMIT, a[aAt + k] * unit[unitAt + k]));
    }
  }

  private static void share(
      float[] scale, int scaleAt, float level, float[] out, int at, int count) {
    for (int k = 0; k < count; k++) {
      out[at + k] = scale[scaleAt + k] / (scale[scaleAt + k] + level);
    }
  }

  private static void brightness(float[] local, int localAt, float[] out, int at, int count) {
    for (int k = 0; k < count; k++) {
      out[at + k] = local[localAt + k] * 0.0078125f - 1f;
    }
  }
}
