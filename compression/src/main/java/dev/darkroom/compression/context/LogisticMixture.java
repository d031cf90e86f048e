package dev.darkroom.compression.context;

/**
 * The distribution of one sample: a mixture of logistic distributions, integrated over the sample
 * values 0 to 255 (Salimans et al., "PixelCNN++", ICLR 2017, section 2.1), as slots of rANS.
 *
 * <p>Every value has at least one of the {@code 2^}{@value #PRECISION} slots: the integral is
 * scaled to leave {@value #FLOOR} for each, which exceeds what the rounding of float32 can take
 * away.
 */
final class LogisticMixture {
  /** Slots are numbered 0 to 2^22 - 1. */
  static final int PRECISION = 22;

  /** The slots that each value has whatever its probability. */
  static final int FLOOR = 4;

  static final int VALUES = 256;
  static final float SLOTS = (1 << PRECISION) - FLOOR * VALUES;
  private static final float LOG_SCALE_LIMIT = 6f;

  private final int components;
  private final float[] weights;
  private final float[] centres;
  private final float[] inverses;

  LogisticMixture(int components) {
    this.components = components;
    this.weights = new float[components];
    this.centres = new float[components];
    this.inverses = new float[components];
  }

  /**
   * Takes the parameters of a pixel: logits, then shifts, then logarithms of scales, in units of
   * the error scale.
   *
   * @param parameters the network's output, {@code stride} floats apart
   * @param prediction what shifts count from, a sample value
   * @param scale the error scale, positive
   * @param unit its reciprocal
   */
  void set(float[] parameters, int stride, int lane, float prediction, float scale, float unit) {
    float most = parameters[lane];
    for (int k = 1; k < components; k++) {
      most = Math.max(most, parameters[k * stride + lane]);
    }
    float total = 0;
    for (int k = 0; k < components; k++) {
      float weight = Exponential.exp(parameters[k * stride + lane] - most);
      weights[k] = weight;
      total += weight;
      centres[k] = Math.fma(scale, parameters[(components + k) * stride + lane], prediction);
      float logScale = parameters[(2 * components + k) * stride + lane];
      inverses[k] =
          Exponential.exp(-Math.max(-LOG_SCALE_LIMIT, Math.min(LOG_SCALE_LIMIT, logScale))) * unit;
    }
    float share = SLOTS / total;
    for (int k = 0; k < components; k++) {
      weights[k] *= share;
    }
  }

  /** The number of slots of all values below {@code value}, which is 0 to 256. */
  int cumulative(int value) {
    if (value <= 0) {
      return 0;
    }
    if (value >= VALUES) {
      return 1 << PRECISION;
    }
    float x = value - 0.5f;
    float sum = 0;
    for (int k = 0; k < components; k++) {
      sum += weights[k] / (1f + Exponential.exp((centres[k] - x) * inverses[k]));
    }
    return (int) sum + FLOOR * value;
  }

  /** The value that owns a slot. */
  int find(int slot) {
    int low = 0;
    int high = VALUES;
    int guess = Math.max(1, Math.min(VALUES - 1, Math.round(centres[0])));
    int step = 1;
    if (cumulative(guess) <= slot) {
      low = guess;
      while (low + step < VALUES && cumulative(low + step) <= slot) {
        low += step;
        step *= 2;
      }
      high = Math.min(VALUES, low + step);
    } else {
      high = guess;
      while (high - step > 0 && cumulative(high - step) > slot) {
        high -= step;
        step *= 2;
      }
      low = Math.max(0, high - step);
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (cumulative(middle) <= slot) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
