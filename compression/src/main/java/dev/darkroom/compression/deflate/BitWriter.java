package dev.darkroom.compression.deflate;

import java.util.Arrays;

/** Collects bits, the first in the lowest place of each byte. */
final class BitWriter {
  private byte[] bytes = new byte[1 << 12];
  private int size;
  private long bits;
  private int bitCount;

  /** Appends the lowest {@code count} bits of a value, 0 to 16. */
  void put(int value, int count) {
    bits |= (long) value << bitCount;
    bitCount += count;
    while (bitCount >= 8) {
      putByte((byte) bits);
      bits >>>= 8;
      bitCount -= 8;
    }
  }

  /** Fills the last byte with zeros. */
  void align() {
    if (bitCount > 0) {
      putByte((byte) bits);
      bits = 0;
      bitCount = 0;
    }
  }

  /** Appends bytes; only where {@link #align() aligned}. */
  void putBytes(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
  }

  /** The number of whole bytes. */
  int size() {
    return size;
  }

  /** Whether the bytes in {@code [from, to)} are those of another array at an offset. */
  boolean equal(int from, int to, byte[] other, int offset) {
    return Arrays.equals(bytes, from, to, other, offset, offset + to - from);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void putByte(byte value) {
    reserve(1);
    bytes[size++] = value;
  }

  private void reserve(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
    }
  }
}
