package dev.darkroom.jobs.scene;

/** Makes one well-mixed number of two; the finalizer of SplitMix64 (Steele et al., OOPSLA 2014). */
final class Mixing {
  private Mixing() {}

  /** A number that changes thoroughly with every bit of both. */
  static long mix(long a, long b) {
    long z = a * 0x9E3779B97F4A7C15L + b + 0x632BE59BD9B4E019L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
