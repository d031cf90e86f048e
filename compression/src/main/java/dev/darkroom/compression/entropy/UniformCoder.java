package dev.darkroom.compression.entropy;

import java.util.Objects;

/**
 * The uniform base conversion system (UBCS): codes a symbol {@code s} that is uniform on {@code [0,
 * R)} for any range {@code 1 <= R <= 2^31}, at a cost of log2 R bits.
 *
 * <p>Encoding maps the head {@code c} to {@code t = c * R + s} and, where {@code t >= 2^63}, moves
 * its low 32 bits to the stack. Decoding takes a word back where {@code c < R * 2^31}, and then
 * divides by R. The two tests agree always: after a move the head lies below {@code R * 2^31},
 * without one at or above it.
 *
 * <p>The bulk methods hold the state in local variables and equal one call per symbol in the order
 * they state.
 */
public final class UniformCoder {
  /** The largest range: 2^31. */
  public static final long MAX_RANGE = 1L << 31;

  private static final long WORD = 0xFFFF_FFFFL;

  private final BitStack stack;

  /** A coder on the given stack, which other coders may use in turn. */
  public UniformCoder(BitStack stack) {
    this.stack = Objects.requireNonNull(stack, "stack");
  }

  /**
   * Pushes a symbol.
   *
   * @param symbol 0 to {@code range - 1}
   * @param range the number of equally likely symbols, 1 to 2^31
   * @throws IllegalArgumentException where one of them is out of its bounds
   */
  public void encode(int symbol, long range) {
    requireRange(range);
    requireSymbol(symbol, range);
    long head = stack.head;
    long low = (head & WORD) * range + symbol;
    long high = (head >>> 32) * range + (low >>> 32);
    if (high >>> 31 != 0) {
      stack.push((int) low);
      stack.head = high;
    } else {
      stack.head = high << 32 | low & WORD;
    }
  }

  /**
   * Pops a symbol.
   *
   * @param range the range that it was encoded with, 1 to 2^31
   * @return the symbol, 0 to {@code range - 1}
   * @throws IllegalArgumentException where the range is out of its bounds
   * @throws CorruptStreamException where the stream has no more words
   */
  public int decode(long range) {
    requireRange(range);
    long head = stack.head;
    long quotient = head / range;
    long remainder = head - quotient * range;
    if (quotient >= BitStack.LEAST_HEAD) {
      stack.head = quotient;
      return (int) remainder;
    }
    long rest = remainder << 32 | stack.pop();
    long low = rest / range;
    stack.head = quotient << 32 | low;
    return (int) (rest - low * range);
  }

  /**
   * Pushes the symbols from the last to the first, so that {@link #decodeAll(int[], int, int,
   * long)} returns them from the first to the last.
   *
   * @param symbols the array they are read from
   * @param from the index of the first symbol
   * @param to the index after the last symbol
   * @param range the range of all of them, 1 to 2^31
   * @throws IllegalArgumentException where range or a symbol is out of its bounds; the stack is
   *     then unchanged
   */
  public void encodeAll(int[] symbols, int from, int to, long range) {
    Objects.checkFromToIndex(from, to, symbols.length);
    requireRange(range);
    for (int i = from; i < to; i++) {
      requireSymbol(symbols[i], range);
    }
    stack.reserve(to - from);
    long head = stack.head;
    int[] words = stack.words;
    int size = stack.size;
    for (int i = to - 1; i >= from; i--) {
      long low = (head & WORD) * range + symbols[i];
      head = (head >>> 32) * range + (low >>> 32);
      if (head >>> 31 != 0) {
        words[size++] = (int) low;
      } else {
        head = head << 32 | low & WORD;
      }
    }
    stack.head = head;
    stack.size = size;
  }

  /**
   * Pushes the symbols from the last to the first, each with a range of its own.
   *
   * @param symbols the array they are read from
   * @param ranges the ranges, at the symbols' indices, as unsigned numbers from 1 to 2^31
   * @param from the index of the first symbol
   * @param to the index after the last symbol
   * @throws IllegalArgumentException where a range or a symbol is out of its bounds; the stack is
   *     then unchanged
   */
  public void encodeAll(int[] symbols, int[] ranges, int from, int to) {
    Objects.checkFromToIndex(from, to, symbols.length);
    Objects.checkFromToIndex(from, to, ranges.length);
    for (int i = from; i < to; i++) {
      long range = ranges[i] & WORD;
      requireRange(range);
      requireSymbol(symbols[i], range);
    }
    stack.reserve(to - from);
    long head = stack.head;
    int[] words = stack.words;
    int size = stack.size;
    for (int i = to - 1; i >= from; i--) {
      long range = ranges[i] & WORD;
      long low = (head & WORD) * range + symbols[i];
      head = (head >>> 32) * range + (low >>> 32);
      if (head >>> 31 != 0) {
        words[size++] = (int) low;
      } else {
        head = head << 32 | low & WORD;
      }
    }
    stack.head = head;
    stack.size = size;
  }

  /**
   * Pops symbols into the array, from the first index to the last.
   *
   * @param symbols the array they are written to
   * @param from the index of the first symbol
   * @param to the index after the last symbol
   * @param range the range of all of them, 1 to 2^31
   * @throws CorruptStreamException where the stream has no more words
   */
  public void decodeAll(int[] symbols, int from, int to, long range) {
    Objects.checkFromToIndex(from, to, symbols.length);
    requireRange(range);
    if (Long.bitCount(range) == 1) {
      decodeBits(symbols, from, to, Long.numberOfTrailingZeros(range));
      return;
    }
    long head = stack.head;
    int[] words = stack.words;
    int size = stack.size;
    for (int i = from; i < to; i++) {
      long quotient = head / range;
      long remainder = head - quotient * range;
      if (quotient < BitStack.LEAST_HEAD) {
        long rest = remainder << 32 | (size > 0 ? words[--size] : stack.lend()) & WORD;
        long low = rest / range;
        quotient = quotient << 32 | low;
        remainder = rest - low * range;
      }
      head = quotient;
      symbols[i] = (int) remainder;
    }
    stack.head = head;
    stack.size = size;
  }

  /**
   * Pops symbols into the array, from the first index to the last, each with a range of its own.
   *
   * @param symbols the array they are written to
   * @param ranges the ranges, at the symbols' indices, as unsigned numbers from 1 to 2^31
   * @param from the index of the first symbol
   * @param to the index after the last symbol
   * @throws IllegalArgumentException where a range is out of its bounds; the stack is then
   *     unchanged
   * @throws CorruptStreamException where the stream has no more words
   */
  public void decodeAll(int[] symbols, int[] ranges, int from, int to) {
    Objects.checkFromToIndex(from, to, symbols.length);
    Objects.checkFromToIndex(from, to, ranges.length);
    for (int i = from; i < to; i++) {
      requireRange(ranges[i] & WORD);
    }
    long head = stack.head;
    int[] words = stack.words;
    int size = stack.size;
    for (int i = from; i < to; i++) {
      long range = ranges[i] & WORD;
      long quotient = head / range;
      long remainder = head - quotient * range;
      if (quotient < BitStack.LEAST_HEAD) {
        long rest = remainder << 32 | (size > 0 ? words[--size] : stack.lend()) & WORD;
        long low = rest / range;
        quotient = quotient << 32 | low;
        remainder = rest - low * range;
      }
      head = quotient;
      symbols[i] = (int) remainder;
    }
    stack.head = head;
    stack.size = size;
  }

  /** Division by a power of two needs no divider: the words are shifted through the head. */
  private void decodeBits(int[] symbols, int from, int to, int bits) {
    long mask = (1L << bits) - 1;
    long head = stack.head;
    int[] words = stack.words;
    int size = stack.size;
    for (int i = from; i < to; i++) {
      long quotient = head >>> bits;
      long remainder = head & mask;
      if (quotient < BitStack.LEAST_HEAD) {
        long rest = remainder << 32 | (size > 0 ? words[--size] : stack.lend()) & WORD;
        quotient = quotient << 32 | rest >>> bits;
        remainder = rest & mask;
      }
      head = quotient;
      symbols[i] = (int) remainder;
    }
    stack.head = head;
    stack.size = size;
  }

  private static void requireRange(long range) {
    if (range < 1 || range > MAX_RANGE) {
      throw new IllegalArgumentException("range must be 1 to 2^31, not " + range);
    }
  }

  private static void requireSymbol(int symbol, long range) {
    if (symbol < 0 || symbol >= range) {
      throw new IllegalArgumentException(
          "symbol must be 0 to %d for a range of %d, not %d".formatted(range - 1, range, symbol));
    }
  }
}
