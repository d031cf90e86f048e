package dev.darkroom.jobs.scene;

import dev.darkroom.models.SplitMix64;

/** Makes one well-mixed number of two; the finalizer of SplitMix64 (Steele et al., OOPSLA 2014). */
final class Mixing {
  private Mixing() {}

  /** A number that changes thoroughly with every bit of both. */
  static long mix(long a, long b) {
    return SplitMix64.mix(a * SplitMix64.GOLDEN_GAMMA + b + 0x632BE59BD9B4E019L);
  }
}
