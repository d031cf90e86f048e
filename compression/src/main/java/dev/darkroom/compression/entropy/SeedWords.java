package dev.darkroom.compression.entropy;

/**
 * The endless supply of words that lies below every encoder's stack.
 *
 * <p>Word {@code i} is the upper half of the SplitMix64 output function applied to the {@code i}-th
 * multiple of the golden ratio, so that a decoder can check the words it is left with without
 * knowing how many there will be. The sequence is part of the stream format and never changes.
 */
final class SeedWords {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private SeedWords() {}

  /** The word at the given depth below the bottom of the stack, counted from 0. */
  static int at(int depth) {
    long z = (depth + 1L) * GOLDEN_RATIO;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (int) ((z ^ (z >>> 31)) >>> 32);
  }
}
