package dev.darkroom.compression.image;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The frame header of a JPEG file (ITU-T T.81, B.2.2; T.87 for JPEG-LS).
 *
 * @param marker the second byte of the start-of-frame marker, which says how the frame is coded
 * @param precision bits of a sample, as written
 * @param width pixels of a row, as written
 * @param height rows, as written; 0 where a DNL segment behind the first scan says it
 * @param components samples of a pixel, as written
 */
record JpegHeader(int marker, int precision, int width, int height, int components) {
  private static final int LOSSLESS = 0xC3;
  private static final int HUFFMAN_TABLES = 0xC4;
  private static final int EXTENSION = 0xC8;
  private static final int FIRST_ARITHMETIC = 0xC9;
  private static final int ARITHMETIC_CONDITIONING = 0xCC;
  private static final int LAST_FRAME = 0xCF;
  private static final int JPEG_LS = 0xF7;
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;

  /** The first frame header of a file, or empty where there is none before the first scan. */
  static Optional<JpegHeader> find(byte[] file) {
    int position = 2;
    while (position + 3 < file.length) {
      if ((file[position] & 0xFF) != 0xFF || (file[position + 1] & 0xFF) == 0xFF) {
        position++; // rubbish between segments, or a fill byte
        continue;
      }
      int marker = file[position + 1] & 0xFF;
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        return Optional.empty();
      }
      if (marker <= 1 || marker >= 0xD0 && marker <= 0xD8) {
        position += 2; // markers without a segment
        continue;
      }
      if (isFrame(marker)) {
        return read(file, position + 4, marker);
      }
      position += 2 + Math.max(2, (file[position + 2] & 0xFF) << 8 | file[position + 3] & 0xFF);
    }
    return Optional.empty();
  }

  private static boolean isFrame(int marker) {
    return marker == JPEG_LS
        || marker >= 0xC0
            && marker <= LAST_FRAME
            && marker != HUFFMAN_TABLES
            && marker != EXTENSION
            && marker != ARITHMETIC_CONDITIONING;
  }

  private static Optional<JpegHeader> read(byte[] file, int start, int marker) {
    if (file.length - start < 6) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(file, start, 6);
    int precision = in.get() & 0xFF;
    int height = in.getShort() & 0xFFFF;
    int width = in.getShort() & 0xFFFF;
    return Optional.of(new JpegHeader(marker, precision, width, height, in.get() & 0xFF));
  }

  boolean isJpegLs() {
    return marker == JPEG_LS;
  }

  /** Whether the frame is coded without loss by prediction (T.81, annex H). */
  boolean isLossless() {
    return marker == LOSSLESS;
  }

  boolean isArithmetic() {
    return marker >= FIRST_ARITHMETIC && marker <= LAST_FRAME;
  }

  boolean isHierarchical() {
    return marker >= 0xC5 && marker <= 0xC7 || marker >= 0xCD && marker <= LAST_FRAME;
  }

  /** Bytes that a pixel's samples take in memory. */
  int bytesPerPixel() {
    return components * ((precision + 7) / 8);
  }
}
