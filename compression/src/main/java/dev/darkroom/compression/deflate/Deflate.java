package dev.darkroom.compression.deflate;

import dev.darkroom.compression.CodingInterruptedException;

/**
 * Compresses as zlib does: a raw deflate stream (RFC 1951) without header and checksum.
 *
 * <p>The content is in memory as a whole, so positions are absolute and no window has to slide; the
 * distances and chains that zlib's window allows are kept. As in zlib, position 0 stands for the
 * end of a chain and is never matched.
 */
public final class Deflate {
  private static final int MIN_MATCH = 3;
  private static final int MAX_MATCH = 258;
  private static final int MIN_LOOKAHEAD = MAX_MATCH + MIN_MATCH + 1;
  private static final int TOO_FAR = 4096;
  private static final int LAST_FAST_LEVEL = 3;

  /** By level: good length, lazy limit, nice length, chain length. */
  private static final int[][] EFFORT = {
    {0, 0, 0, 0},
    {4, 4, 8, 4},
    {4, 5, 16, 8},
    {4, 6, 32, 32},
    {4, 4, 16, 16},
    {8, 16, 32, 32},
    {8, 16, 128, 128},
    {8, 32, 128, 256},
    {32, 128, 258, 1024},
    {32, 258, 258, 4096}
  };

  private final byte[] content;
  private final int strategy;
  private final int goodLength;
  private final int lazyLimit;
  private final int niceLength;
  private final int chainLength;
  private final int windowMask;
  private final int maxDistance;
  private final int hashMask;
  private final int hashShift;
  private final int[] head;
  private final int[] previous;
  private final BlockWriter blocks;
  private final byte[] expected;
  private final int expectedFrom;
  private final int expectedTo;

  private int compared;
  private int position;
  private int blockStart;
  private int matchStart;

  private Deflate(
      byte[] content, DeflateSettings settings, byte[] expected, int expectedFrom, int expectedTo) {
    this.content = content;
    this.expected = expected;
    this.expectedFrom = expectedFrom;
    this.expectedTo = expectedTo;
    strategy = settings.strategy();
    int[] effort = EFFORT[settings.level()];
    goodLength = effort[0];
    lazyLimit = effort[1];
    niceLength = effort[2];
    chainLength = effort[3];
    int window = 1 << settings.windowBits();
    windowMask = window - 1;
    maxDistance = window - MIN_LOOKAHEAD;
    int hashBits = settings.memoryLevel() + 7;
    hashMask = (1 << hashBits) - 1;
    hashShift = (hashBits + MIN_MATCH - 1) / MIN_MATCH;
    head = new int[1 << hashBits];
    previous = new int[window];
    blocks = new BlockWriter(settings.memoryLevel(), content);
  }

  /** The stream of some content. */
  public static byte[] compress(byte[] content, DeflateSettings settings) {
    Deflate deflate = new Deflate(content, settings, new byte[0], 0, -1);
    deflate.run(settings.level());
    return deflate.blocks.toByteArray();
  }

  /**
   * Whether content and settings make exactly a given stream. Stops at the first block that
   * differs.
   *
   * @param stream an array with the stream in {@code [from, to)}
   */
  public static boolean makes(
      byte[] stream, int from, int to, byte[] content, DeflateSettings settings) {
    Deflate deflate = new Deflate(content, settings, stream, from, to);
    return deflate.run(settings.level()) && deflate.blocks.size() == to - from;
  }

  private boolean run(int level) {
    boolean asExpected;
    if (strategy == DeflateSettings.HUFFMAN_ONLY) {
      asExpected = literalsOnly();
    } else if (strategy == DeflateSettings.RUN_LENGTH) {
      asExpected = runs();
    } else {
      asExpected = level <= LAST_FAST_LEVEL ? greedy() : lazy();
    }
    return asExpected && flush(true);
  }

  private boolean literalsOnly() {
    while (position < content.length) {
      boolean full = blocks.literal(content[position++]);
      if (full && !flush(false)) {
        return false;
      }
    }
    return true;
  }

  private boolean runs() {
    while (position < content.length) {
      int length = 0;
      if (content.length - position >= MIN_MATCH && position > 0) {
        int most = Math.min(MAX_MATCH, content.length - position);
        while (length < most && content[position + length] == content[position - 1]) {
          length++;
        }
      }
      boolean full;
      if (length >= MIN_MATCH) {
        full = blocks.match(1, length);
        position += length;
      } else {
        full = blocks.literal(content[position++]);
      }
      if (full && !flush(false)) {
        return false;
      }
    }
    return true;
  }

  /** Takes the first good match, as zlib's levels 1 to 3 do. */
  private boolean greedy() {
    while (position < content.length) {
      int candidate = insertIfRoom(content.length - MIN_MATCH);
      int length = 0;
      if (candidate != 0 && position - candidate <= maxDistance) {
        length = longestMatch(candidate, MIN_MATCH - 1);
      }
      boolean full;
      if (length >= MIN_MATCH) {
        full = blocks.match(position - matchStart, length);
        skipMatch(length);
      } else {
        full = blocks.literal(content[position++]);
      }
      if (full && !flush(false)) {
        return false;
      }
    }
    return true;
  }

  private void skipMatch(int length) {
    if (length <= lazyLimit && content.length - position - length >= MIN_MATCH) {
      for (int i = 1; i < length; i++) {
        position++;
        insert();
      }
      position++;
    } else {
      position += length;
    }
  }

  /** Takes a match only where none that begins a byte later is longer, as levels 4 to 9 do. */
  private boolean lazy() {
    int length = MIN_MATCH - 1;
    boolean pending = false;
    while (position < content.length) {
      int candidate = insertIfRoom(content.length - MIN_MATCH);
      int previousLength = length;
      int previousStart = matchStart;
      length = MIN_MATCH - 1;
      if (candidate != 0 && previousLength < lazyLimit && position - candidate <= maxDistance) {
        length = longestMatch(candidate, previousLength);
        if (length <= 5
            && (strategy == DeflateSettings.FILTERED
                || length == MIN_MATCH && position - matchStart > TOO_FAR)) {
          length = MIN_MATCH - 1;
        }
      }
      boolean full = false;
      if (previousLength >= MIN_MATCH && length <= previousLength) {
        full = blocks.match(position - 1 - previousStart, previousLength);
        int last = content.length - MIN_MATCH;
        for (int i = previousLength - 2; i > 0; i--) {
          position++;
          insertIfRoom(last);
        }
        pending = false;
        length = MIN_MATCH - 1;
        position++;
      } else {
        if (pending) {
          full = blocks.literal(content[position - 1]);
        }
        if (full && !flush(false)) {
          return false;
        }
        full = false;
        pending = true;
        position++;
      }
      if (full && !flush(false)) {
        return false;
      }
    }
    if (pending) {
      blocks.literal(content[position - 1]);
    }
    return true;
  }

  /**
   * Enters the current position into its chain, where it is not too near to the end.
   *
   * @return the position that headed the chain, 0 for none
   */
  private int insertIfRoom(int last) {
    return position <= last ? insert() : 0;
  }

  private int insert() {
    int hash =
        ((content[position] & 0xFF) << 2 * hashShift
                ^ (content[position + 1] & 0xFF) << hashShift
                ^ content[position + 2] & 0xFF)
            & hashMask;
    int before = head[hash];
    previous[position & windowMask] = before;
    head[hash] = position;
    return before;
  }

  private int longestMatch(int first, int leastLength) {
    int lookahead = content.length - position;
    int best = leastLength;
    if (best >= lookahead) {
      return lookahead;
    }
    int chain = leastLength >= goodLength ? chainLength >> 2 : chainLength;
    int nice = Math.min(niceLength, lookahead);
    int most = Math.min(MAX_MATCH, lookahead);
    int limit = Math.max(0, position - maxDistance);
    int candidate = first;
    do {
      if (content[candidate + best] == content[position + best]
          && content[candidate + best - 1] == content[position + best - 1]) {
        int length = 0;
        while (length < most && content[candidate + length] == content[position + length]) {
          length++;
        }
        if (length > best) {
          matchStart = candidate;
          best = length;
          if (length >= nice) {
            break;
          }
        }
      }
      candidate = previous[candidate & windowMask];
      chain--;
    } while (candidate > limit && chain != 0);
    return best;
  }

  /** Ends a block; false where the stream is then not the expected one. */
  private boolean flush(boolean last) {
    CodingInterruptedException.check();
    // a literal that waits for a longer match belongs to the block that follows
    blocks.flush(blockStart, position, last);
    blockStart = position;
    if (expectedTo < 0) {
      return true;
    }
    int size = blocks.size();
    boolean same =
        size <= expectedTo - expectedFrom
            && blocks.startsWith(expected, expectedFrom + compared, compared, size);
    compared = size;
    return same;
  }
}
