package dev.darkroom.compression.flow;

/** Powers of two with fractional exponents, as integers in units of 2^-16. */
final class PowerOfTwoTable {
  private final int stepsPerOctave;
  private final int least;
  private final int[] values;

  /**
   * Tabulates {@code max(1, round(2^(i / stepsPerOctave + 16)))} by {@link StrictMath}.
   *
   * @param stepsPerOctave the exponents are multiples of its reciprocal
   * @param least the least exponent
   * @param greatest the greatest exponent, at most 14
   */
  PowerOfTwoTable(int stepsPerOctave, int least, int greatest) {
    this.stepsPerOctave = stepsPerOctave;
    this.least = least * stepsPerOctave;
    values = new int[(greatest - least) * stepsPerOctave + 1];
    for (int i = 0; i < values.length; i++) {
      double exponent = (double) (this.least + i) / stepsPerOctave + FixedPoint.SCALE_BITS;
      values[i] = (int) Math.max(1, Math.rint(StrictMath.pow(2, exponent)));
    }
  }

  /** The power of two nearest to the exponent, which is limited to the table; NaN counts as 0. */
  int at(float exponent) {
    int limit = values.length + Math.abs(least);
    int index = FixedPoint.round(exponent, stepsPerOctave, limit) - least;
    return values[Math.max(0, Math.min(values.length - 1, index))];
  }

  /** The exponent limited to the table, for the real function. */
  double limit(float exponent) {
    double greatest = (double) (least + values.length - 1) / stepsPerOctave;
    return Math.max((double) least / stepsPerOctave, Math.min(greatest, exponent));
  }
}
