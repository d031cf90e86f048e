package dev.darkroom.compression.image.bmp;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;

/**
 * The run-length codes of bitmaps with 4 and 8 bits, read strictly: each pixel must be told, and
 * none outside of its row but for up to three that fill it up to a multiple of four, as some
 * writers do.
 */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END = 1;
  private static final int MOVE = 2;

  private final byte[] file;
  private final BmpHeader header;
  private final boolean nibbles;
  private final int paddedWidth;
  private final byte[] rows;
  private int position;
  private int x;
  private int row;

  private BmpRuns(byte[] file, BmpHeader header) {
    this.file = file;
    this.header = header;
    nibbles = header.bits() == 4;
    paddedWidth = (header.width() + 3) / 4 * 4;
    position = header.pixels();
    rows = new byte[header.width() * header.height()];
  }

  /**
   * The indices, a byte each, rows from top to bottom.
   *
   * @throws ImageDecodeException of type {@code TRUNCATED} or {@code CORRUPT}, or {@code
   *     NOT_ONE_RASTER} where pixels are left out
   */
  static byte[] read(byte[] file, BmpHeader header) throws ImageDecodeException {
    BmpRuns runs = new BmpRuns(file, header);
    runs.read();
    return runs.rows;
  }

  private void read() throws ImageDecodeException {
    while (true) {
      int count = next();
      int value = next();
      if (count > 0) {
        run(count, value);
      } else if (value == END_OF_ROW) {
        endRow();
      } else if (value == END) {
        // the last row may end with the picture alone
        if (x > 0) {
          endRow();
        }
        if (row < header.height()) {
          throw incomplete();
        }
        return;
      } else if (value == MOVE) {
        throw incomplete();
      } else {
        literal(value);
      }
    }
  }

  private void run(int count, int value) throws ImageDecodeException {
    for (int i = 0; i < count; i++) {
      put(nibbles ? i % 2 == 0 ? value >> 4 : value & 0xF : value);
    }
  }

  private void literal(int count) throws ImageDecodeException {
    int start = position;
    int current = 0;
    for (int i = 0; i < count; i++) {
      if (!nibbles) {
        put(next());
      } else if (i % 2 == 0) {
        current = next();
        put(current >> 4);
      } else {
        put(current & 0xF);
      }
    }
    if ((position - start) % 2 != 0) {
      next();
    }
  }

  private void put(int index) throws ImageDecodeException {
    if (x >= header.width() && x < paddedWidth && row < header.height()) {
      x++;
      return;
    }
    if (x >= header.width() || row >= header.height()) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT, "the bitmap is damaged: its runs go beyond their row");
    }
    int y = header.upwards() ? header.height() - 1 - row : row;
    rows[y * header.width() + x++] = (byte) index;
  }

  private void endRow() throws ImageDecodeException {
    if (x < header.width()) {
      throw incomplete();
    }
    x = 0;
    row++;
  }

  private int next() throws ImageDecodeException {
    if (position >= file.length) {
      throw new ImageDecodeException(
          ErrorType.TRUNCATED, "the bitmap is cut short: its runs end before its last row");
    }
    return file[position++] & 0xFF;
  }

  private static ImageDecodeException incomplete() {
    return new ImageDecodeException(
        ErrorType.NOT_ONE_RASTER, "the bitmap leaves pixels out; keep its original bytes");
  }
}
