package dev.darkroom.compression.archive;

import dev.darkroom.compression.deflate.Deflate;
import dev.darkroom.compression.deflate.DeflateSettings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Adler32;

/**
 * How a zlib stream was made, so that it can be made again bit by bit.
 *
 * <pre>
 * level and strategy   1   level (1 to 9) in the low 4 bits; strategy as zlib numbers them in the
 *                          high 4: 0 default, 1 filtered, 2 Huffman only, 3 run length
 * memory level         1   1 to 9
 * header               2   the stream's first two bytes; the first says how large the window was
 * </pre>
 *
 * @param deflate the settings of the deflate stream
 * @param header the first two bytes as a big-endian number
 */
record ZlibSettings(DeflateSettings deflate, int header) {
  private static final int HEADER_BYTES = 2;
  private static final int TRAILER_BYTES = 4;
  private static final int DICTIONARY_FLAG = 0x20;
  private static final int[] MATCHING_STRATEGIES = {
    DeflateSettings.FILTERED, DeflateSettings.DEFAULT
  };
  private static final int[] ALL_STRATEGIES = {
    DeflateSettings.FILTERED,
    DeflateSettings.DEFAULT,
    DeflateSettings.RUN_LENGTH,
    DeflateSettings.HUFFMAN_ONLY
  };

  /** What zlib, libpng and the Java platform use, then what Pillow does. */
  private static final int[] MEMORY_LEVELS = {8, 9};

  /** Levels by what zlib's header says of them, the likeliest first. */
  private static final int[][] LEVELS = {{1}, {5, 4, 3, 2}, {6}, {9, 8, 7}};

  /**
   * The settings that make a stream of its content, or empty where none are known that do.
   *
   * <p>Each attempt ends at the first block that differs, so that wrong settings cost little.
   */
  static Optional<ZlibSettings> find(byte[] content, byte[] stream) {
    return find(content, stream, Optional.empty());
  }

  /**
   * As {@link #find(byte[], byte[])}, trying other settings before all.
   *
   * @param likely settings that made another stream of the same file
   */
  static Optional<ZlibSettings> find(byte[] content, byte[] stream, Optional<ZlibSettings> likely) {
    if (stream.length < HEADER_BYTES + TRAILER_BYTES) {
      return Optional.empty();
    }
    int header = (stream[0] & 0xFF) << 8 | stream[1] & 0xFF;
    int end = stream.length - TRAILER_BYTES;
    byte[] trailer = Arrays.copyOfRange(stream, end, stream.length);
    boolean sound = windowBits(header) <= 15 && (header & DICTIONARY_FLAG) == 0;
    if (!sound || !Arrays.equals(trailer, checksum(content))) {
      return Optional.empty();
    }
    Stream<DeflateSettings> first =
        likely
            .map(ZlibSettings::deflate)
            .filter(d -> d.windowBits() == windowBits(header))
            .stream();
    return Stream.concat(first, candidates(header, windowBits(header)))
        .filter(settings -> Deflate.makes(stream, HEADER_BYTES, end, content, settings))
        .findFirst()
        .map(settings -> new ZlibSettings(settings, header));
  }

  /**
   * Settings to try, the likeliest first; strategies without matches are the same at all levels.
   *
   * @param header the stream's first two bytes, which hint at the level
   */
  static Stream<DeflateSettings> candidates(int header, int windowBits) {
    Stream.Builder<DeflateSettings> candidates = Stream.builder();
    int hint = header >> 6 & 3;
    for (int i = 0; i < LEVELS.length; i++) {
      for (int level : LEVELS[(hint + i) % LEVELS.length]) {
        boolean first = i == 0 && level == LEVELS[hint][0];
        for (int strategy : first ? ALL_STRATEGIES : MATCHING_STRATEGIES) {
          for (int memoryLevel : MEMORY_LEVELS) {
            candidates.add(new DeflateSettings(level, strategy, memoryLevel, windowBits));
          }
        }
      }
    }
    return candidates.build();
  }

  static ZlibSettings readFrom(ByteBuffer in) {
    int levelAndStrategy = in.get();
    int memoryLevel = in.get();
    int header = in.getShort() & 0xFFFF;
    return new ZlibSettings(
        new DeflateSettings(
            levelAndStrategy & 0xF, levelAndStrategy >> 4 & 0xF, memoryLevel, windowBits(header)),
        header);
  }

  void writeTo(ByteArrayOutputStream out) {
    out.write(deflate.level() | deflate.strategy() << 4);
    out.write(deflate.memoryLevel());
    out.write(header >> 8);
    out.write(header);
  }

  /** The stream of some content. */
  byte[] compress(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header >> 8);
    out.write(header);
    out.writeBytes(Deflate.compress(content, deflate));
    out.writeBytes(checksum(content));
    return out.toByteArray();
  }

  private static int windowBits(int header) {
    return Math.max(9, (header >> 12) + 8);
  }

  private static byte[] checksum(byte[] content) {
    Adler32 adler = new Adler32();
    adler.update(content);
    return ByteBuffer.allocate(TRAILER_BYTES).putInt((int) adler.getValue()).array();
  }
}
