package dev.darkroom.compression.flow;

/** A sum of log2 densities and determinants. */
final class LogDensity {
  private static final double LOG_2 = StrictMath.log(2);

  private double bits;

  void addBits(double more) {
    bits += more;
  }

  void addNats(double more) {
    bits += more / LOG_2;
  }

  /** The sum so far, as a log2. */
  double bits() {
    return bits;
  }
}
