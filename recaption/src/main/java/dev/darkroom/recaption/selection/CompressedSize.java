package dev.darkroom.recaption.selection;

import java.util.zip.Deflater;

/**
 * How many bytes Deflate (RFC 1951) makes of a text: level 6, the default strategy, without the
 * header and checksum of gzip.
 *
 * <p>The size depends on nothing but the bytes and the platform's zlib. A Deflater is taken up anew
 * for each text instead of being made anew. One thread at a time may use it, and must close it,
 * since its memory isn't Java's.
 */
final class CompressedSize implements AutoCloseable {
  private static final int LEVEL = 6;
  private static final int CHUNK = 1 << 12;

  private final Deflater deflater = new Deflater(LEVEL, true);
  private final byte[] sink = new byte[CHUNK];

  /** Bytes that the first bytes of an array are compressed to. */
  int of(byte[] bytes, int length) {
    deflater.reset();
    deflater.setInput(bytes, 0, length);
    deflater.finish();
    int size = 0;
    while (!deflater.finished()) {
      size += deflater.deflate(sink);
    }
    return size;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
