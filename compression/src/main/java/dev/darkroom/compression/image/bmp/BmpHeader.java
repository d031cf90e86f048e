package dev.darkroom.compression.image.bmp;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The headers of a bitmap file, of each of the versions from OS/2 1 to Windows 5.
 *
 * @param size bytes of the second header, which tell its version
 * @param width pixels per row, 1 or more
 * @param height rows, 1 or more
 * @param upwards whether the last row comes first in the file
 * @param bits bits of a pixel
 * @param compression 0 none, 1 and 2 run lengths, 3 and 6 none with masks, 4 JPEG, 5 PNG
 * @param pixels the index of the first byte of the pixels
 * @param masks where a pixel's bits lie: red, green, blue, alpha; all 0 where nothing is said
 * @param palette the colours of a palette, 3 bytes (red, green, blue) each; empty where pixels are
 *     colours
 */
public record BmpHeader(
    int size,
    int width,
    int height,
    boolean upwards,
    int bits,
    int compression,
    int pixels,
    int[] masks,
    byte[] palette) {
  static final int FILE_HEADER = 14;
  static final int INFO_HEADER = 40;

  static final int RAW = 0;
  static final int RUNS_OF_8 = 1;
  static final int RUNS_OF_4 = 2;
  static final int MASKED = 3;
  static final int MASKED_WITH_ALPHA = 6;

  private static final int CORE_HEADER = 12;
  private static final int OS2_HEADER = 64;
  private static final int OS2_SHORT_HEADER = 16;
  private static final int MASKS = FILE_HEADER + INFO_HEADER;
  private static final int HEADER_WITH_MASKS = 52;
  private static final int HEADER_WITH_ALPHA = 56;

  /**
   * Reads the headers.
   *
   * @throws ImageDecodeException of type {@code TRUNCATED}, {@code CORRUPT} or {@code UNSUPPORTED}
   */
  public static BmpHeader read(byte[] file) throws ImageDecodeException {
    require(file.length >= FILE_HEADER + CORE_HEADER, ErrorType.TRUNCATED, "it ends in its header");
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int size = in.getInt(FILE_HEADER);
    int pixels = in.getInt(10);
    boolean core = size == CORE_HEADER;
    require(
        core || size >= OS2_SHORT_HEADER && size <= 1 << 10,
        ErrorType.UNSUPPORTED,
        "it has a header of " + (size & 0xFFFF_FFFFL) + " bytes");
    require(
        file.length >= FILE_HEADER + Math.max(size, core ? 0 : INFO_HEADER),
        ErrorType.TRUNCATED,
        "it ends in its header");
    long width = core ? in.getShort(18) & 0xFFFF : in.getInt(18);
    long height = core ? in.getShort(20) & 0xFFFF : in.getInt(22);
    int bits = core ? in.getShort(24) : in.getShort(28);
    int compression = core || size == OS2_SHORT_HEADER ? 0 : in.getInt(30);
    boolean os2 = size == OS2_HEADER || size == OS2_SHORT_HEADER;
    require(
        !os2 || compression < MASKED,
        ErrorType.UNSUPPORTED,
        "it has OS/2's compression " + compression);
    require(
        width >= 1 && width <= Integer.MAX_VALUE && height != 0 && height != Integer.MIN_VALUE,
        ErrorType.CORRUPT,
        "its header says " + width + " x " + height + " pixels");
    require(
        pixels >= FILE_HEADER + size && pixels <= file.length,
        ErrorType.CORRUPT,
        "its header says that pixels begin at " + (pixels & 0xFFFF_FFFFL));
    int[] masks = masks(in, size, compression, file.length);
    int tables = FILE_HEADER + size;
    if (size == INFO_HEADER && compression == MASKED) {
      tables += 12;
    } else if (size == INFO_HEADER && compression == MASKED_WITH_ALPHA) {
      tables += 16;
    }
    int listed = core || size == OS2_SHORT_HEADER ? 0 : in.getInt(46);
    byte[] palette = palette(file, tables, pixels, bits, listed, core ? 3 : 4);
    return new BmpHeader(
        size,
        (int) width,
        (int) Math.abs(height),
        height > 0,
        bits,
        compression,
        pixels,
        masks,
        palette);
  }

  /** Bytes from one row to the next. */
  public int stride() {
    return Math.toIntExact((((long) width * bits + 31) / 32) * 4);
  }

  /** The index of the first byte of the top row, of pixels that are not compressed. */
  public int top() {
    return upwards ? pixels + (height - 1) * stride() : pixels;
  }

  /** From the first byte of a row to that of the row below it. */
  public int step() {
    return upwards ? -stride() : stride();
  }

  /** Whether all rows of pixels that are not compressed lie in a file of a length. */
  public boolean isWhole(int length) {
    long last = ((long) width * bits + 7) / 8;
    long stride = (((long) width * bits + 31) / 32) * 4;
    return pixels + (height - 1L) * stride + last <= length;
  }

  private static int[] masks(ByteBuffer in, int size, int compression, int length) {
    int[] masks = new int[4];
    boolean masked = compression == MASKED || compression == MASKED_WITH_ALPHA;
    if (!masked || length < MASKS + 16) {
      return masks;
    }
    boolean alpha = size >= HEADER_WITH_ALPHA || compression == MASKED_WITH_ALPHA;
    for (int i = 0; i < 3 && (size >= HEADER_WITH_MASKS || size == INFO_HEADER); i++) {
      masks[i] = in.getInt(MASKS + 4 * i);
    }
    masks[3] = alpha ? in.getInt(MASKS + 12) : 0;
    return masks;
  }

  private static byte[] palette(
      byte[] file, int from, int pixels, int bits, int listed, int entryBytes) {
    if (bits < 1 || bits > 8) {
      return new byte[0];
    }
    int most = 1 << bits;
    int wanted = listed <= 0 || listed > most ? most : listed;
    int entries = Math.max(0, Math.min(wanted, (pixels - from) / entryBytes));
    byte[] palette = new byte[3 * entries];
    for (int i = 0; i < entries; i++) {
      for (int c = 0; c < 3; c++) {
        palette[3 * i + c] = file[from + i * entryBytes + 2 - c];
      }
    }
    return palette;
  }

  private static void require(boolean condition, ErrorType type, String otherwise)
      throws ImageDecodeException {
    if (!condition) {
      throw new ImageDecodeException(type, "the bitmap can't be read: " + otherwise);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BmpHeader that
        && size == that.size
        && width == that.width
        && height == that.height
        && upwards == that.upwards
        && bits == that.bits
        && compression == that.compression
        && pixels == that.pixels
        && Arrays.equals(masks, that.masks)
        && Arrays.equals(palette, that.palette);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(palette);
  }

  @Override
  public String toString() {
    return "BmpHeader[%d x %d, %d bits, compression %d]"
        .formatted(width, height, bits, compression);
  }
}
