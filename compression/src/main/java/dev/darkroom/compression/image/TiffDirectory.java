package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The first image file directory of a TIFF file: its fields by tag. */
public final class TiffDirectory {
  /** Width of the image. */
  public static final int WIDTH = 256;

  /** Height of the image. */
  public static final int HEIGHT = 257;

  /** Bits of each sample of a pixel. */
  public static final int BITS_PER_SAMPLE = 258;

  /** How samples are compressed; 1: not. */
  public static final int COMPRESSION = 259;

  /** What samples mean: 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  public static final int PHOTOMETRIC = 262;

  /** Where each strip begins. */
  public static final int STRIP_OFFSETS = 273;

  /** Samples per pixel. */
  public static final int SAMPLES_PER_PIXEL = 277;

  /** The length of each strip. */
  public static final int STRIP_BYTE_COUNTS = 279;

  /** 1: samples interleaved by pixel; 2: in planes. */
  public static final int PLANAR_CONFIGURATION = 284;

  /** What the samples beyond colour mean: 1 premultiplied alpha, 2 alpha, 0 anything. */
  static final int EXTRA_SAMPLES = 338;

  /** 1: unsigned integers. */
  static final int SAMPLE_FORMAT = 339;

  /** An ICC profile. */
  static final int ICC_PROFILE = 34_675;

  private static final int ENTRY_BYTES = 12;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int MOST_VALUES = 1 << 20;

  private record Field(int type, int count, int start) {}

  private final ByteBuffer file;
  private final Map<Integer, Field> fields = new HashMap<>();
  private final boolean last;

  private TiffDirectory(ByteBuffer file) throws ImageDecodeException {
    this.file = file;
    long start = u32(4);
    int entries = u16(start);
    for (int i = 0; i < entries; i++) {
      long entry = start + 2 + (long) i * ENTRY_BYTES;
      int type = u16(entry + 2);
      long count = u32(entry + 4);
      if (type < 1 || type >= TYPE_BYTES.length) {
        continue;
      }
      long bytes = count * TYPE_BYTES[type];
      long value = bytes <= 4 ? entry + 8 : u32(entry + 8);
      require(value, bytes);
      fields.put(u16(entry), new Field(type, (int) count, (int) value));
    }
    last = u32(start + 2 + (long) entries * ENTRY_BYTES) == 0;
  }

  /**
   * Reads the directory.
   *
   * @param bytes a file that {@link ImageFormat#sniff} takes for TIFF
   * @throws ImageDecodeException of type {@code TRUNCATED} where it points beyond the file
   */
  public static TiffDirectory read(byte[] bytes) throws ImageDecodeException {
    ByteOrder order =
        bytes.length > 0 && bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new TiffDirectory(ByteBuffer.wrap(bytes).order(order));
  }

  /** The file's byte order. */
  public ByteOrder order() {
    return file.order();
  }

  /** Whether the file has no further directory, that is, one page. */
  boolean isLast() {
    return last;
  }

  /** Whether there is a field with this tag. */
  public boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /**
   * The unsigned numbers of a field of type BYTE, SHORT or LONG; empty where it is missing or of
   * another type.
   */
  public long[] numbers(int tag) throws ImageDecodeException {
    Field field = fields.get(tag);
    if (field == null || field.type() != 1 && field.type() != SHORT && field.type() != LONG) {
      return new long[0];
    }
    if (field.count() > MOST_VALUES) {
      throw new ImageDecodeException(
          ErrorType.TOO_LARGE, "a field of the TIFF has " + field.count() + " values");
    }
    long[] numbers = new long[field.count()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (field.type()) {
            case SHORT -> u16(field.start() + 2L * i);
            case LONG -> u32(field.start() + 4L * i);
            default -> file.get(field.start() + i) & 0xFF;
          };
    }
    return numbers;
  }

  /** The first number of a field, or another where it is missing. */
  public long number(int tag, long otherwise) throws ImageDecodeException {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? otherwise : numbers[0];
  }

  /** The bytes of a field. */
  Optional<byte[]> bytes(int tag) {
    Field field = fields.get(tag);
    if (field == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[field.count() * TYPE_BYTES[field.type()]];
    file.get(field.start(), bytes);
    return Optional.of(bytes);
  }

  private int u16(long position) throws ImageDecodeException {
    require(position, 2);
    return file.getShort((int) position) & 0xFFFF;
  }

  private long u32(long position) throws ImageDecodeException {
    require(position, 4);
    return file.getInt((int) position) & 0xFFFF_FFFFL;
  }

  private void require(long position, long bytes) throws ImageDecodeException {
    if (position + bytes > file.limit()) {
      throw new ImageDecodeException(ErrorType.TRUNCATED, "the TIFF points beyond its end");
    }
  }
}
