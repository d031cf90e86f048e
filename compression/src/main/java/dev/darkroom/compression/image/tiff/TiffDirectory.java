package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An image file directory of a TIFF file: its fields by tag. */
final class TiffDirectory {
  /** A type of fields whose values are bytes. */
  static final int BYTE = 1;

  /** A type of fields whose values are characters, each text with a zero at its end. */
  static final int ASCII = 2;

  /** A type of fields whose values take two bytes. */
  static final int SHORT = 3;

  /** A type of fields whose values take four bytes. */
  static final int LONG = 4;

  /** A type of fields whose values are a numerator and a denominator of four bytes each. */
  static final int RATIONAL = 5;

  private static final int IFD = 13;
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int INLINE_BYTES = 4;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
  private static final int MOST_VALUES = 1 << 22;

  /**
   * A field.
   *
   * @param tag its number
   * @param type how its values are written, 1 to 13
   * @param count how many values it has
   * @param start where they begin in the file
   */
  record Field(int tag, int type, int count, int start) {
    int bytes() {
      return count * TYPE_BYTES[type];
    }

    boolean isInline() {
      return bytes() <= INLINE_BYTES;
    }
  }

  private final ByteBuffer file;
  private final Map<Integer, Field> fields = new TreeMap<>();
  private final int start;
  private final int end;
  private final long next;
  private boolean strange;

  private TiffDirectory(ByteBuffer file, long position) throws ImageDecodeException {
    this.file = file;
    int entries = u16(position);
    start = (int) position;
    for (int i = 0; i < entries; i++) {
      long entry = position + 2 + (long) i * ENTRY_BYTES;
      int tag = u16(entry);
      int type = u16(entry + 2);
      long count = u32(entry + 4);
      if (type < 1 || type >= TYPE_BYTES.length) {
        strange = true;
        continue;
      }
      long bytes = count * TYPE_BYTES[type];
      long value = bytes <= INLINE_BYTES ? entry + 8 : u32(entry + 8);
      require(value, bytes);
      strange |= fields.put(tag, new Field(tag, type, (int) count, (int) value)) != null;
    }
    long link = position + 2 + (long) entries * ENTRY_BYTES;
    next = u32(link);
    end = (int) link + 4;
  }

  /**
   * Reads the first directory of a file.
   *
   * @throws ImageDecodeException of type {@code TRUNCATED} where it points beyond the file
   */
  static TiffDirectory first(byte[] bytes) throws ImageDecodeException {
    if (bytes.length < HEADER_BYTES) {
      throw beyondEnd();
    }
    ByteOrder order = bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer file = ByteBuffer.wrap(bytes).order(order);
    return new TiffDirectory(file, file.getInt(4) & 0xFFFF_FFFFL);
  }

  /**
   * Reads the directory that a field points to.
   *
   * @return the directory, or empty where there is no such field
   */
  Optional<TiffDirectory> child(int tag) throws ImageDecodeException {
    long[] positions = numbers(tag);
    return positions.length == 0
        ? Optional.empty()
        : Optional.of(new TiffDirectory(file, positions[0]));
  }

  /** The file's byte order. */
  ByteOrder order() {
    return file.order();
  }

  /** Where the directory begins in the file. */
  int start() {
    return start;
  }

  /** The first byte after the directory's entries and its link to the next. */
  int end() {
    return end;
  }

  /** Whether the directory links to another. */
  boolean hasNext() {
    return next != 0;
  }

  /** Whether a tag occurs twice, or a field has a type that TIFF does not know. */
  boolean isStrange() {
    return strange;
  }

  /** Whether there is a field with this tag. */
  boolean has(int tag) {
    return fields.containsKey(tag);
  }

  /** The field with this tag. */
  Optional<Field> field(int tag) {
    return Optional.ofNullable(fields.get(tag));
  }

  /** All fields whose type is known, by tag. */
  Collection<Field> fields() {
    return Collections.unmodifiableCollection(fields.values());
  }

  /**
   * The unsigned numbers of a field; empty where it is missing.
   *
   * @throws ImageDecodeException of type {@code UNSUPPORTED} where they are no unsigned integers
   */
  long[] numbers(int tag) throws ImageDecodeException {
    Field field = fields.get(tag);
    if (field == null) {
      return new long[0];
    }
    if (field.type() != BYTE
        && field.type() != SHORT
        && field.type() != LONG
        && field.type() != IFD) {
      throw new ImageDecodeException(
          ErrorType.UNSUPPORTED,
          "the TIFF's field %d has the type %d, not an unsigned integer"
              .formatted(tag, field.type()));
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
            case BYTE -> file.get(field.start() + i) & 0xFF;
            default -> u32(field.start() + 4L * i);
          };
    }
    return numbers;
  }

  /** The first number of a field, or another where it is missing. */
  long number(int tag, long otherwise) throws ImageDecodeException {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? otherwise : numbers[0];
  }

  /** Whether all numbers of a field are the given one; true where the field is missing. */
  boolean allAre(int tag, long value) throws ImageDecodeException {
    return Arrays.stream(numbers(tag)).allMatch(number -> number == value);
  }

  /** The first value of a field of type RATIONAL; empty where it is missing or not finite. */
  Optional<Double> rational(int tag) throws ImageDecodeException {
    Field field = fields.get(tag);
    if (field == null || field.type() != RATIONAL || field.count() < 1) {
      return Optional.empty();
    }
    long denominator = u32(field.start() + 4L);
    return denominator == 0
        ? Optional.empty()
        : Optional.of((double) u32(field.start()) / denominator);
  }

  /** The bytes of a field. */
  Optional<byte[]> bytes(int tag) {
    return field(tag).map(this::bytes);
  }

  /** The bytes of a field. */
  byte[] bytes(Field field) {
    byte[] bytes = new byte[field.bytes()];
    file.get(field.start(), bytes);
    return bytes;
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
      throw beyondEnd();
    }
  }

  private static ImageDecodeException beyondEnd() {
    return new ImageDecodeException(ErrorType.TRUNCATED, "the TIFF points beyond its end");
  }
}
