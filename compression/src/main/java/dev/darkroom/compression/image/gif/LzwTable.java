package dev.darkroom.compression.image.gif;

/**
 * The strings of pixels that codes stand for, as a decoder knows them: codes 0 to 2^n - 1 are one
 * pixel each, then come the code that empties the table and the code that ends the data, then the
 * strings that were met.
 */
final class LzwTable {
  static final int MOST_CODES = 4096;
  static final int MOST_WIDTH = 12;

  private static final int SLOTS = 1 << 14;
  private static final int SPREAD = 0x9E3779B1;

  final int clear;
  final int end;

  private final int codeSize;
  private final int[] prefixes = new int[MOST_CODES];
  private final byte[] pixels = new byte[MOST_CODES];
  private final int[] lengths = new int[MOST_CODES];
  private final byte[] firsts = new byte[MOST_CODES];

  /**
   * An open hash of the codes by prefix and pixel; slots of an earlier life of the table are free.
   */
  private final int[] keys = new int[SLOTS];

  private final int[] codes = new int[SLOTS];
  private final int[] lives = new int[SLOTS];
  private int life;
  private int next;
  private int width;

  /** An empty table for pixels of so many bits, 1 to 8. */
  LzwTable(int codeSize) {
    this.codeSize = codeSize;
    clear = 1 << codeSize;
    end = clear + 1;
    for (int code = 0; code < clear; code++) {
      lengths[code] = 1;
      pixels[code] = (byte) code;
      firsts[code] = (byte) code;
    }
    reset();
  }

  void reset() {
    life++;
    next = end + 1;
    width = codeSize + 1;
  }

  /** The bits of the next code. */
  int width() {
    return width;
  }

  /** The number that the next string will have, {@link #MOST_CODES} in a full table. */
  int next() {
    return next;
  }

  /** Whether a code stands for pixels. */
  boolean holds(int code) {
    return code < clear || code > end && code < next;
  }

  int length(int code) {
    return lengths[code];
  }

  byte first(int code) {
    return firsts[code];
  }

  /** Writes the pixels of a code so that they end before an index. */
  void write(int code, byte[] target, int before) {
    int c = code;
    for (int i = before - 1; i >= before - lengths[code]; i--) {
      target[i] = pixels[c];
      c = prefixes[c];
    }
  }

  /** The code of a string and one more pixel, or -1. */
  int find(int prefix, byte pixel) {
    int key = prefix << 8 | pixel & 0xFF;
    for (int slot = slot(key); lives[slot] == life; slot = slot + 1 & SLOTS - 1) {
      if (keys[slot] == key) {
        return codes[slot];
      }
    }
    return -1;
  }

  /** Enters a string and one more pixel, unless the table is full. */
  void add(int prefix, byte pixel) {
    if (next == MOST_CODES) {
      return;
    }
    prefixes[next] = prefix;
    pixels[next] = pixel;
    lengths[next] = lengths[prefix] + 1;
    firsts[next] = firsts[prefix];
    int key = prefix << 8 | pixel & 0xFF;
    int slot = slot(key);
    while (lives[slot] == life && keys[slot] != key) {
      slot = slot + 1 & SLOTS - 1;
    }
    if (lives[slot] != life) {
      lives[slot] = life;
      keys[slot] = key;
      codes[slot] = next;
    }
    next++;
  }

  /** Lets codes grow by a bit where the table has outgrown them, as it does after each code. */
  void grow() {
    if (next == 1 << width && width < MOST_WIDTH) {
      width++;
    }
  }

  private static int slot(int key) {
    return key * SPREAD >>> 18;
  }
}
