package dev.darkroom.compression.context;

/** The exponential function in float32 operations that round the same way everywhere. */
final class Exponential {
  /** Arguments are limited to plus and minus this. */
  static final float LIMIT = 30f;

  static final float LOG2_E = 1.442695f;
  static final float ROUNDER = 0x1.8p23f;
  static final float LN2_HIGH = 0.6933594f;
  static final float LN2_LOW = -0.00021219444f;
  static final float C2 = 0.5f;
  static final float C3 = 0.16666666f;
  static final float C4 = 0.041669536f;
  static final float C5 = 0.008312989f;
  static final float C6 = 0.00138888f;

  private Exponential() {}

  /** e to the power of x, x limited to +-{@value #LIMIT}; relative error below 1e-6. */
  static float exp(float x) {
    float limited = Math.max(-LIMIT, Math.min(LIMIT, x));
    float shifted = Math.fma(limited, LOG2_E, ROUNDER);
    float whole = shifted - ROUNDER;
    float rest = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, limited));
    float p = Math.fma(rest, C6, C5);
    p = Math.fma(rest, p, C4);
    p = Math.fma(rest, p, C3);
    p = Math.fma(rest, p, C2);
    p = Math.fma(rest, p, 1f);
    p = Math.fma(rest, p, 1f);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << 23));
  }
}
