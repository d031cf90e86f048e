package dev.darkroom.generation.noise;

/**
 * MT19937 of Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed
 * uniform pseudo-random number generator" (1998), seeded by their {@code init_genrand} of 2002.
 */
final class MersenneTwister {
  private static final int LENGTH = 624;
  private static final int SHIFT = 397;
  private static final int UPPER = 0x80000000;
  private static final int LOWER = 0x7fffffff;
  private static final int TWIST = 0x9908b0df;
  private static final int SEEDING = 1812433253;

  private final int[] state = new int[LENGTH];
  private int position = LENGTH;

  /** Starts from a seed of 32 bits. */
  MersenneTwister(int seed) {
    state[0] = seed;
    for (int i = 1; i < LENGTH; i++) {
      state[i] = SEEDING * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 bits. */
  int next() {
    if (position == LENGTH) {
      refill();
    }
    int bits = state[position++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return bits ^ (bits >>> 18);
  }

  private void refill() {
    for (int i = 0; i < LENGTH; i++) {
      int bits = (state[i] & UPPER) | (state[(i + 1) % LENGTH] & LOWER);
      state[i] = state[(i + SHIFT) % LENGTH] ^ (bits >>> 1) ^ ((bits & 1) == 0 ? 0 : TWIST);
    }
    position = 0;
  }
}
