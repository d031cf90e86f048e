package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.UniformCoder;

/**
 * The modular scale transform: scales integers by R / S, exactly invertible by exchanging
 * remainders with a stack of bits.
 *
 * <p>Forward takes a remainder {@code d} of R off the stack, forms {@code y = R x + d}, returns
 * {@code z = floor(y / S)} and puts {@code y - S z} on the stack as a remainder of S: {@code log2 S
 * - log2 R} bits more. Inverse does the same with R and S exchanged.
 */
final class ModularScaleTransform {
  private final UniformCoder coder;

  /** Transforms that exchange remainders with this stack. */
  ModularScaleTransform(BitStack bits) {
    coder = new UniformCoder(bits);
  }

  /**
   * Scales a value.
   *
   * @param x any value
   * @param numerator R, 1 to 2^31
   * @param denominator S, 1 to 2^31
   * @return {@code floor((R x + d) / S)} for some d of [0, R)
   * @throws FixedPointRangeException where the result exceeds 32 bits
   */
  int forward(int x, long numerator, long denominator) {
    long y = numerator * x + coder.decode(numerator);
    long z = Math.floorDiv(y, denominator);
    coder.encode((int) (y - z * denominator), denominator);
    return FixedPointRangeException.require(z);
  }

  /**
   * Takes {@link #forward} back.
   *
   * @param z its result
   * @param numerator R, 1 to 2^31
   * @param denominator S, 1 to 2^31
   */
  int inverse(int z, long numerator, long denominator) {
    return forward(z, denominator, numerator);
  }
}
