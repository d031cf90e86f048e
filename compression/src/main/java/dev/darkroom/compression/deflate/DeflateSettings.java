package dev.darkroom.compression.deflate;

/**
 * The settings of zlib's {@code deflateInit2}.
 *
 * @param level 1 (fast) to 9 (small); level 0, which stores, depends on the buffers of the program
 *     that called zlib and can't be repeated
 * @param strategy {@link #DEFAULT}, {@link #FILTERED}, {@link #HUFFMAN_ONLY} or {@link #RUN_LENGTH}
 * @param memoryLevel 1 to 9; zlib's own default is 8
 * @param windowBits 9 to 15: matches reach back 2^windowBits - 262 bytes
 */
public record DeflateSettings(int level, int strategy, int memoryLevel, int windowBits) {
  /** For any data. */
  public static final int DEFAULT = 0;

  /** For filtered images: no short matches. */
  public static final int FILTERED = 1;

  /** No matches at all. */
  public static final int HUFFMAN_ONLY = 2;

  /** Matches at distance 1 alone. */
  public static final int RUN_LENGTH = 3;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException where one is out of its range
   */
  public DeflateSettings {
    if (level < 1
        || level > 9
        || strategy < DEFAULT
        || strategy > RUN_LENGTH
        || memoryLevel < 1
        || memoryLevel > 9
        || windowBits < 9
        || windowBits > 15) {
      throw new IllegalArgumentException(
          "deflate has no level %d, strategy %d, memory level %d, window bits %d"
              .formatted(level, strategy, memoryLevel, windowBits));
    }
  }
}
