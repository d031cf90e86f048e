package dev.darkroom.compression.plain;

/**
 * Splits a prediction residual into a token, which is modelled, and low bits, which are not.
 *
 * <p>A residual r is folded to {@code u = 2 r} for {@code r >= 0} and {@code u = -2 r - 1} below. A
 * u under 16 is its own token. For a greater u with e = floor(log2 u), the token is {@code 16 + 4
 * (e - 4) + } the two bits below the leading one; the e - 2 bits below those follow raw.
 */
final class ResidualTokens {
  private static final int DIRECT = 16;
  private static final int DIRECT_BITS = 4;

  private ResidualTokens() {}

  static int fold(int residual) {
    return residual << 1 ^ residual >> 31;
  }

  static int unfold(int folded) {
    return folded >>> 1 ^ -(folded & 1);
  }

  static int token(int folded) {
    if (folded < DIRECT) {
      return folded;
    }
    int exponent = 31 - Integer.numberOfLeadingZeros(folded);
    return DIRECT + (exponent - DIRECT_BITS) * 4 + (folded >>> exponent - 2 & 3);
  }

  /** The number of raw bits that follow a token, 0 to 29. */
  static int rawBits(int token) {
    return token < DIRECT ? 0 : (token - DIRECT >>> 2) + DIRECT_BITS - 2;
  }

  /** The folded residual of a token and its raw bits. */
  static int join(int token, int raw) {
    if (token < DIRECT) {
      return token;
    }
    return (4 + (token - DIRECT & 3) << rawBits(token)) + raw;
  }
}
