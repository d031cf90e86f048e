package dev.darkroom.compression.archive;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.CodecException.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/**
 * How a zlib stream was made, so that it can be made again bit by bit.
 *
 * <pre>
 * level      1   0 to 9
 * strategy   1   as zlib numbers them: 0 default, 1 filtered, 2 Huffman only
 * header     2   the stream's first two bytes, which may announce a smaller window than was used
 * </pre>
 *
 * @param level 0 to 9
 * @param strategy 0 to 2
 * @param header the first two bytes as a big-endian number
 */
record ZlibSettings(int level, int strategy, int header) {
  private static final int HEADER_BYTES = 2;
  private static final int TRAILER_BYTES = 4;
  private static final int DICTIONARY_FLAG = 0x20;
  private static final int[] STRATEGIES = {
    Deflater.FILTERED, Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY
  };

  /** Levels by what zlib's header says of them, the likeliest first. */
  private static final int[][] LEVELS = {{1, 0}, {5, 4, 3, 2}, {6}, {9, 8, 7}};

  ZlibSettings {
    if (level < 0 || level > 9 || strategy < 0 || strategy > 2) {
      throw new IllegalArgumentException("zlib has no such settings");
    }
  }

  /**
   * The settings that make a stream of its content, or empty where none are known that do.
   *
   * <p>Each attempt ends at the first byte that differs, so that wrong settings cost little.
   */
  static Optional<ZlibSettings> find(byte[] content, byte[] stream) {
    if (stream.length < HEADER_BYTES + TRAILER_BYTES) {
      return Optional.empty();
    }
    int header = (stream[0] & 0xFF) << 8 | stream[1] & 0xFF;
    if ((header & DICTIONARY_FLAG) != 0) {
      return Optional.empty();
    }
    int hint = header >> 6 & 3;
    for (int i = 0; i < LEVELS.length; i++) {
      for (int level : LEVELS[i == 0 ? hint : i <= hint ? i - 1 : i]) {
        for (int strategy : STRATEGIES) {
          if (level > 0 || strategy == Deflater.DEFAULT_STRATEGY) {
            ZlibSettings settings = new ZlibSettings(level, strategy, header);
            if (settings.makes(stream, content)) {
              return Optional.of(settings);
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  static ZlibSettings readFrom(ByteBuffer in) {
    return new ZlibSettings(in.get(), in.get(), in.getShort() & 0xFFFF);
  }

  void writeTo(ByteArrayOutputStream out) {
    out.write(level);
    out.write(strategy);
    out.write(header >> 8);
    out.write(header);
  }

  /** The stream of some content. */
  byte[] deflate(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header >> 8);
    out.write(header);
    Deflater deflater = newDeflater(content);
    try {
      byte[] buffer = new byte[1 << 16];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
    out.writeBytes(checksum(content));
    return out.toByteArray();
  }

  private boolean makes(byte[] stream, byte[] content) {
    int position = HEADER_BYTES;
    int end = stream.length - TRAILER_BYTES;
    Deflater deflater = newDeflater(content);
    try {
      byte[] buffer = new byte[1 << 12];
      while (!deflater.finished()) {
        int count = deflater.deflate(buffer);
        if (count > end - position
            || !Arrays.equals(buffer, 0, count, stream, position, position + count)) {
          return false;
        }
        position += count;
      }
    } finally {
      deflater.end();
    }
    byte[] trailer = Arrays.copyOfRange(stream, end, stream.length);
    return position == end && Arrays.equals(trailer, checksum(content));
  }

  private Deflater newDeflater(byte[] content) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(content);
    deflater.finish();
    return deflater;
  }

  private static byte[] checksum(byte[] content) {
    Adler32 adler = new Adler32();
    adler.update(content);
    return ByteBuffer.allocate(TRAILER_BYTES).putInt((int) adler.getValue()).array();
  }

  /** A refusal where the stream comes out otherwise than when the recipe was made. */
  static CodecException differs() {
    return new CodecException(
        Kind.CORRUPT,
        "the PNG can't be rebuilt: its compressed data come out otherwise than when it was"
            + " archived; the Java platform's zlib may differ, so restore on one that uses zlib"
            + " 1.2 or 1.3, or restore the pixels");
  }
}
