package dev.darkroom.compression.context;

/**
 * The distribution of one sample: a mixture of logistic distributions, integrated over the sample
 * values 0 to 255 (Salimans et al., "PixelCNN++", ICLR 2017, section 2.1), as slots of rANS.
 *
 * <p>Every value has at least one of the 2^{@value #PRECISION} slots: the integral is scaled to
 * leave {@value #FLOOR} for each, which exceeds what the rounding of float32 can take away.
 */
final class LogisticMixture {
  /** Slots are numbered 0 to 2^22 - 1. */
  static final int PRECISION = 22;

  /** The slots that each value has whatever its probability. */
  static final int FLOOR = 4;

  /** The number of sample values. */
  static final int VALUES = 256;

  /** What the weights of a mixture's components add up to. */
  static final float SLOTS = (1 << PRECISION) - FLOOR * VALUES;

  /** Logarithms of scales are limited to plus and minus this. */
  static final float LOG_SCALE_LIMIT = 6f;

  private static final int WINDOW = LaneKernel.LANES;

  private final LaneKernel kernel;
  private final int components;
  private final float[] weights;
  private final float[] centres;
  private final float[] inverses;
  private final float[] window = new float[WINDOW];
  private int start;
  private int end;

  LogisticMixture(LaneKernel kernel, int components) {
    this.kernel = kernel;
    this.components = components;
    this.weights = new float[components];
    this.centres = new float[components];
    this.inverses = new float[components];
  }

  /** Takes the mixture of one lane from what {@link LaneKernel#mixture} computed. */
  void set(float[] mixtures, int stride, int lane) {
    int at = lane;
    for (int k = 0; k < components; k++, at += stride) {
      weights[k] = mixtures[at];
    }
    for (int k = 0; k < components; k++, at += stride) {
      centres[k] = mixtures[at];
    }
    for (int k = 0; k < components; k++, at += stride) {
      inverses[k] = mixtures[at];
    }
  }

  /** Finds the slots of a value, 0 to 255. */
  void locate(int value) {
    int base = Math.min(value, VALUES - WINDOW);
    kernel.integrate(weights, centres, inverses, base, window);
    start = slots(base, value);
    end = slots(base, value + 1);
  }

  /** Finds the value that owns a slot, and its slots. */
  int find(int slot) {
    int base = firstGuess();
    while (true) {
      kernel.integrate(weights, centres, inverses, base, window);
      if (slots(base, base) > slot) {
        base = Math.max(0, base - (WINDOW - 1));
      } else if (base + WINDOW < VALUES && slots(base, base + WINDOW - 1) <= slot) {
        base = Math.min(VALUES - WINDOW, base + WINDOW - 1);
      } else {
        return search(base, slot);
      }
    }
  }

  private int search(int base, int slot) {
    int low = base;
    int high = base + WINDOW;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (slots(base, middle) <= slot) {
        low = middle;
      } else {
        high = middle;
      }
    }
    start = slots(base, low);
    end = slots(base, low + 1);
    return low;
  }

  private int firstGuess() {
    float mean = 0;
    for (int k = 0; k < components; k++) {
      mean += weights[k] * centres[k];
    }
    int base = (int) (mean / SLOTS) - WINDOW / 2;
    return Math.max(0, Math.min(VALUES - WINDOW, base));
  }

  /** The number of slots of all values below {@code value}, given the window from {@code base}. */
  private int slots(int base, int value) {
    if (value == 0) {
      return 0;
    }
    return value == VALUES ? 1 << PRECISION : (int) window[value - base] + FLOOR * value;
  }

  /** The first slot of the value that was found or located. */
  int start() {
    return start;
  }

  /** The number of its slots, at least 1. */
  int frequency() {
    return end - start;
  }
}
