package dev.darkroom.compression.entropy;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The state of the entropy coder: a head in [2^31, 2^63) above a stack of 32-bit words.
 *
 * <p>A stack {@linkplain #forEncoding() for encoding} begins at the seed state: head 2^31, no
 * words. When it is asked for a word that nobody pushed, as bits-back coding does at its start, it
 * lends one from a fixed sequence and counts it as an {@linkplain #auxiliaryWords() auxiliary
 * word}. A decoder undoes the encoder's operations in reverse order; it pushes the lent words back
 * and so ends with exactly those words, which {@link #requireSeedState()} checks. A stack
 * {@linkplain #parse(byte[]) for decoding} lends nothing: it throws where the stream runs dry, so
 * that a damaged stream ends decoding at the latest after its own words are used up.
 *
 * <h2>Bytes</h2>
 *
 * <pre>
 * offset  size  content
 *      0     8  head, big endian, 2^31 to 2^63 - 1
 *      8   4 n  the n words, big endian, from the bottom of the stack to its top
 * </pre>
 *
 * Not thread-safe.
 */
public final class BitStack {
  /** The least value of the head, and its value in the seed state: 2^31. */
  static final long LEAST_HEAD = 1L << 31;

  private static final int INITIAL_CAPACITY = 1024;
  private static final int LARGEST_CAPACITY = Integer.MAX_VALUE - 8;

  /** The head c, in [2^31, 2^63). */
  long head;

  /** The words; those below {@link #size} are in use. Grown by {@link #reserve(int)}. */
  int[] words;

  /** The number of words in use. */
  int size;

  private final boolean lending;
  private int lent;

  private BitStack(long head, int[] words, int size, boolean lending) {
    this.head = head;
    this.words = words;
    this.size = size;
    this.lending = lending;
  }

  /** A stack in the seed state, which lends auxiliary words when it runs dry. */
  public static BitStack forEncoding() {
    return new BitStack(LEAST_HEAD, new int[INITIAL_CAPACITY], 0, true);
  }

  /**
   * The stack that {@link #toBytes()} wrote, ready for decoding.
   *
   * @throws CorruptStreamException where the bytes can't be a stack
   */
  public static BitStack parse(byte[] bytes) {
    return parse(bytes, 0, bytes.length);
  }

  /**
   * The stack that {@link #toBytes()} wrote into a part of an array, ready for decoding.
   *
   * @param offset the index of the first byte
   * @param length the number of bytes
   * @throws CorruptStreamException where the bytes can't be a stack
   */
  public static BitStack parse(byte[] bytes, int offset, int length) {
    if (length < Long.BYTES || length % Integer.BYTES != 0) {
      throw new CorruptStreamException(
          "An entropy-coded stream has 8 bytes and a multiple of 4 more, not " + length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    long head = buffer.getLong();
    if (head < LEAST_HEAD) {
      throw new CorruptStreamException(
          "The head of an entropy-coded stream is 2^31 to 2^63 - 1, not "
              + Long.toUnsignedString(head));
    }
    int[] words = new int[buffer.remaining() / Integer.BYTES];
    buffer.asIntBuffer().get(words);
    return new BitStack(head, words, words.length, false);
  }

  /** Head and words as bytes, as laid out above. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(byteLength());
    buffer.putLong(head);
    buffer.asIntBuffer().put(words, 0, size);
    return buffer.array();
  }

  /** The number of bytes that {@link #toBytes()} returns. */
  public int byteLength() {
    return Math.addExact(Long.BYTES, Math.multiplyExact(size, Integer.BYTES));
  }

  /**
   * The information on the stack in bits, less what was lent: 0 in the seed state.
   *
   * <p>The difference before and after some operations is their exact cost.
   */
  public double netBits() {
    return 32.0 * ((long) size - lent) + Math.log(head * 0x1p-31) / Math.log(2);
  }

  /** The number of 32-bit words that had to be lent so far because nobody had pushed them. */
  public int auxiliaryWords() {
    return lent;
  }

  /** Whether nothing is on the stack but what was lent to it. */
  public boolean isAtSeedState() {
    if (head != LEAST_HEAD || (lending && size != lent)) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (words[i] != SeedWords.at(size - 1 - i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks that decoding took off all that encoding had put on.
   *
   * @throws CorruptStreamException where something else is left than the words lent to the encoder
   */
  public void requireSeedState() {
    if (!isAtSeedState()) {
      throw new CorruptStreamException(
          "Decoding left other bits on the stack than encoding began with: the stream is damaged,"
              + " or was coded by another model");
    }
  }

  /** Pushes a word. */
  void push(int word) {
    if (size == words.length) {
      reserve(1);
    }
    words[size++] = word;
  }

  /**
   * Pops a word, or lends one.
   *
   * @return the word as a number from 0 to 2^32 - 1
   */
  long pop() {
    return (size > 0 ? words[--size] : lend()) & 0xFFFF_FFFFL;
  }

  /** Makes room for further words, so that bulk loops can write to the array directly. */
  void reserve(int count) {
    if (count <= words.length - size) {
      return;
    }
    long needed = (long) size + count;
    if (needed > LARGEST_CAPACITY) {
      throw new IllegalStateException(
          "A bit stack holds at most 8 GiB: divide the images among more chunks");
    }
    long roomy = Math.min(LARGEST_CAPACITY, Math.max(needed, 2L * words.length));
    words = Arrays.copyOf(words, (int) Math.max(roomy, 16));
  }

  /** A word from the supply below the stack; called when the stack is empty. */
  int lend() {
    if (!lending) {
      throw new CorruptStreamException(
          "The stream ends before its last symbol: it is cut short or damaged");
    }
    return SeedWords.at(lent++);
  }
}
