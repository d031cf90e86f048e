package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** JPEG files of kinds that ImageIO does not write. */
public final class OddJpeg {
  private static final int CODE_BITS = 5;
  private static final int CATEGORIES = 17;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int bits;
  private int bitCount;

  private OddJpeg() {}

  /** A file of grey samples of 8 bits, coded without loss as differences (T.81, annex H). */
  public static byte[] lossless(RasterImage grey) {
    return new OddJpeg().writeLossless(grey);
  }

  /** A file with a segment put before all others. */
  public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(segment(marker, content));
    file.write(jpeg, 2, jpeg.length - 2);
    return file.toByteArray();
  }

  /** A file whose frame header says another kind of frame and other bits of a sample. */
  public static byte[] withFrame(byte[] jpeg, int marker, int precision) {
    byte[] file = jpeg.clone();
    int frame = frame(jpeg);
    file[frame + 1] = (byte) marker;
    file[frame + 4] = (byte) precision;
    return file;
  }

  /** A file whose height stands in a DNL segment behind its only scan. */
  public static byte[] withLateHeight(byte[] jpeg) {
    int frame = frame(jpeg);
    byte[] height = Arrays.copyOfRange(jpeg, frame + 5, frame + 7);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(jpeg, 0, frame + 5);
    file.writeBytes(new byte[2]);
    file.write(jpeg, frame + 7, jpeg.length - 2 - frame - 7);
    file.writeBytes(segment(0xDC, height));
    file.write(jpeg, jpeg.length - 2, 2);
    return file.toByteArray();
  }

  /** A segment with its marker and length. */
  private static byte[] segment(int marker, byte[] content) {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.write(0xFF);
    segment.write(marker);
    segment.write(content.length + 2 >> 8);
    segment.write(content.length + 2);
    segment.writeBytes(content);
    return segment.toByteArray();
  }

  private static int frame(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) < 0xC0 || (jpeg[at + 1] & 0xFF) > 0xC3) {
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
    }
    return at;
  }

  private byte[] writeLossless(RasterImage grey) {
    int width = grey.width();
    int height = grey.height();
    out.write(0xFF);
    out.write(0xD8);
    out.writeBytes(
        segment(
            0xC3,
            new byte[] {
              8,
              (byte) (height >> 8),
              (byte) height,
              (byte) (width >> 8),
              (byte) width,
              1,
              1,
              0x11,
              0
            }));
    byte[] table = new byte[17 + CATEGORIES];
    table[CODE_BITS] = CATEGORIES;
    for (int i = 0; i < CATEGORIES; i++) {
      table[17 + i] = (byte) i;
    }
    out.writeBytes(segment(0xC4, table));
    // one component, its table, the sample to the left as prediction
    out.writeBytes(segment(0xDA, new byte[] {1, 1, 0, 1, 0, 0}));
    for (int i = 0; i < width * height; i++) {
      int predicted = i == 0 ? 128 : grey.samples()[i % width == 0 ? i - width : i - 1] & 0xFF;
      putDifference((grey.samples()[i] & 0xFF) - predicted);
    }
    put(0x7F, 7);
    out.write(0xFF);
    out.write(0xD9);
    return out.toByteArray();
  }

  private void putDifference(int difference) {
    int category = 32 - Integer.numberOfLeadingZeros(Math.abs(difference));
    put(category, CODE_BITS);
    put(difference < 0 ? difference - 1 : difference, category);
  }

  private void put(int value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      bits = bits << 1 | value >> i & 1;
      bitCount++;
      if (bitCount == 8) {
        out.write(bits);
        if (bits == 0xFF) {
          out.write(0);
        }
        bits = 0;
        bitCount = 0;
      }
    }
  }
}
