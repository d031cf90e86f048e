package dev.darkroom.compression.flow;

/** The fixed-point numbers of all flow tensors, and the rules by which floats become integers. */
final class FixedPoint {
  /** k, the number of fractional bits: the integer x stands for {@code x / 2^14}. */
  static final int FRACTION_BITS = 14;

  /** The integer that stands for 1. */
  static final int ONE = 1 << FRACTION_BITS;

  /** The denominator S of every scale R / S. */
  static final int SCALE_BITS = 16;

  private FixedPoint() {}

  /** The float that stands for an integer; exact up to 2^24, rounded to nearest beyond. */
  static float toFloat(int value) {
    return value * (1f / ONE);
  }

  /**
   * A float times a power of two as an integer, rounded to the nearest, ties to even.
   *
   * @param limit what the result's magnitude is limited to; NaN becomes 0
   */
  static int round(float value, int powerOfTwo, int limit) {
    double scaled = Math.rint((double) value * powerOfTwo);
    return (int) Math.max(-limit, Math.min(limit, Double.isNaN(scaled) ? 0 : scaled));
  }

  /** Half a unit up, then down: {@code floor(value / 2^bits + 1/2)}. */
  static long shiftRounded(long value, int bits) {
    return value + (1L << bits - 1) >> bits;
  }
}
