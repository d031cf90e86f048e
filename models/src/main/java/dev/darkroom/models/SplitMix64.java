package dev.darkroom.models;

/**
 * Random numbers that depend on nothing but the seed: SplitMix64 (Steele, Lea and Flood 2014, "Fast
 * splittable pseudorandom number generators"; constants as in Vigna's splitmix64.c).
 *
 * <p>The state grows by {@link #GOLDEN_GAMMA} at each step, and each output is the state, {@link
 * #mix mixed} by two xor-shift-multiplications. Doubles are the upper 53 bits times 2^-53.
 */
public final class SplitMix64 {
  /** 2^64 over the golden ratio, made odd. */
  public static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** Numbers of a seed. */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** The next number in [0, 1). */
  public double nextDouble() {
    return unit(nextLong());
  }

  /** Another number, which changes thoroughly with every bit; different ones stay different. */
  public static long mix(long state) {
    long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** The upper 53 bits as a number in [0, 1). */
  public static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }
}
