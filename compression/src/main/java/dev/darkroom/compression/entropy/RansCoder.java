package dev.darkroom.compression.entropy;

import java.util.Objects;

/**
 * The range variant of asymmetric numeral systems (rANS): codes a symbol of probability {@code
 * frequency / 2^n} at a cost of {@code n - log2 frequency} bits.
 *
 * <p>A symbol owns the slots {@code [start, start + frequency)} of {@code [0, 2^n)}. Decoding comes
 * in two steps, because only the caller knows how slots are shared out: {@link #peek(int)} shows
 * the slot, the caller finds the symbol that owns it, and {@link #advance(int, long, int)} takes
 * the symbol off.
 */
public final class RansCoder {
  /** The largest n: probabilities are multiples of 2^-31. */
  public static final int MAX_PRECISION = 31;

  private final BitStack stack;

  /** A coder on the given stack, which other coders may use in turn. */
  public RansCoder(BitStack stack) {
    this.stack = Objects.requireNonNull(stack, "stack");
  }

  /**
   * Pushes a symbol.
   *
   * @param start the first of its slots, 0 to {@code 2^precision - frequency}
   * @param frequency the number of its slots, 1 to {@code 2^precision}
   * @param precision n, 0 to 31
   * @throws IllegalArgumentException where one of them is out of its bounds
   */
  public void encode(int start, long frequency, int precision) {
    requireSlots(start, frequency, precision);
    if (frequency == 1L << precision) {
      return; // certain: costs nothing and changes nothing
    }
    long head = stack.head;
    if (head >= frequency << 63 - precision) {
      stack.push((int) head);
      head >>>= 32;
    }
    long quotient = head / frequency;
    stack.head = (quotient << precision) + (head - quotient * frequency) + start;
  }

  /**
   * Pushes symbols from the last to the first, so that decoding finds them from the first to the
   * last.
   *
   * @param starts each symbol's first slot
   * @param frequencies each symbol's number of slots, as an unsigned number
   * @param from the index of the first symbol
   * @param to the index after the last symbol
   * @param precision n, 0 to 31, the same for all
   * @throws IllegalArgumentException where one of them is out of its bounds; the stack is then
   *     unchanged
   */
  public void encodeAll(int[] starts, int[] frequencies, int from, int to, int precision) {
    Objects.checkFromToIndex(from, to, starts.length);
    Objects.checkFromToIndex(from, to, frequencies.length);
    for (int i = from; i < to; i++) {
      requireSlots(starts[i], frequencies[i] & 0xFFFF_FFFFL, precision);
    }
    stack.reserve(to - from);
    long head = stack.head;
    int[] words = stack.words;
    int size = stack.size;
    long certain = 1L << precision;
    for (int i = to - 1; i >= from; i--) {
      long frequency = frequencies[i] & 0xFFFF_FFFFL;
      if (frequency == certain) {
        continue;
      }
      if (head >= frequency << 63 - precision) {
        words[size++] = (int) head;
        head >>>= 32;
      }
      long quotient = head / frequency;
      head = (quotient << precision) + (head - quotient * frequency) + starts[i];
    }
    stack.head = head;
    stack.size = size;
  }

  /**
   * Shows a slot of the symbol that comes next, and changes nothing.
   *
   * @param precision n, 0 to 31
   * @return the slot, 0 to {@code 2^n - 1}
   */
  public int peek(int precision) {
    return (int) (stack.head & (1L << precision) - 1);
  }

  /**
   * Takes off the symbol that owns the slot that {@link #peek(int)} shows.
   *
   * @param start the first of its slots
   * @param frequency the number of its slots, 1 to {@code 2^precision}
   * @param precision n, 0 to 31
   * @throws CorruptStreamException where the stream has no more words
   */
  public void advance(int start, long frequency, int precision) {
    long head = stack.head;
    long slot = head & (1L << precision) - 1;
    if (slot - start < 0 || slot - start >= frequency) {
      throw new IllegalArgumentException(
          "slot %d does not belong to the symbol with %d slots from %d"
              .formatted(slot, frequency, start));
    }
    head = frequency * (head >>> precision) + slot - start;
    stack.head = head < BitStack.LEAST_HEAD ? head << 32 | stack.pop() : head;
  }

  private static void requireSlots(int start, long frequency, int precision) {
    if (precision < 0 || precision > MAX_PRECISION) {
      throw new IllegalArgumentException("precision must be 0 to 31, not " + precision);
    }
    long total = 1L << precision;
    if (frequency < 1 || start < 0 || start + frequency > total) {
      throw new IllegalArgumentException(
          "a symbol's slots must lie in [0, 2^%d) and be at least one, not %d from %d"
              .formatted(precision, frequency, start));
    }
  }
}
