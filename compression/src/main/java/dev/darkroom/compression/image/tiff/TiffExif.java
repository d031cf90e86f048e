package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.ImageDecodeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The EXIF of a TIFF file as a structure of its own, as a PNG file's eXIf chunk holds it (Exif
 * 2.32, 4.5): what says of the file how and when the image was taken and how it is to be turned,
 * with the directories for EXIF, GPS and interoperability below, in the file's byte order.
 */
final class TiffExif {
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int INLINE_BYTES = 4;
  private static final int UPRIGHT = 1;

  /** Fields that make EXIF worth writing; an orientation is one where it turns the image. */
  private static final int[] REASONS = {
    TiffTag.MAKE,
    TiffTag.MODEL,
    TiffTag.DATE_TIME,
    TiffTag.ARTIST,
    TiffTag.HOST_COMPUTER,
    TiffTag.COPYRIGHT,
    TiffTag.EXIF,
    TiffTag.GPS
  };

  /** Fields of the first directory that EXIF knows and pixels do not make wrong, in order. */
  private static final int[] TAKEN = {
    TiffTag.IMAGE_DESCRIPTION,
    TiffTag.MAKE,
    TiffTag.MODEL,
    TiffTag.ORIENTATION,
    TiffTag.X_RESOLUTION,
    TiffTag.Y_RESOLUTION,
    TiffTag.RESOLUTION_UNIT,
    TiffTag.SOFTWARE,
    TiffTag.DATE_TIME,
    TiffTag.ARTIST,
    TiffTag.HOST_COMPUTER,
    TiffTag.COPYRIGHT
  };

  private record Entry(int tag, int type, int count, byte[] value, List<Entry> below) {}

  private TiffExif() {}

  /** The structure, or empty where the file says nothing that belongs into one. */
  static Optional<byte[]> of(TiffDirectory directory) throws ImageDecodeException {
    boolean worth = directory.number(TiffTag.ORIENTATION, UPRIGHT) != UPRIGHT;
    for (int tag : REASONS) {
      worth |= directory.has(tag);
    }
    if (!worth) {
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>();
    for (int tag : TAKEN) {
      directory.field(tag).ifPresent(field -> entries.add(entry(directory, field)));
    }
    addBelow(entries, directory, TiffTag.EXIF);
    addBelow(entries, directory, TiffTag.GPS);
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + bytes(entries)).order(directory.order());
    boolean littleEndian = directory.order() == ByteOrder.LITTLE_ENDIAN;
    out.put((byte) (littleEndian ? 'I' : 'M')).put((byte) (littleEndian ? 'I' : 'M'));
    out.putShort((short) 42).putInt(HEADER_BYTES);
    write(out, HEADER_BYTES, entries);
    return Optional.of(out.array());
  }

  private static void addBelow(List<Entry> entries, TiffDirectory directory, int tag)
      throws ImageDecodeException {
    Optional<TiffDirectory> child = directory.child(tag);
    if (child.isEmpty()) {
      return;
    }
    List<Entry> below = new ArrayList<>();
    for (TiffDirectory.Field field : child.get().fields()) {
      if (field.tag() == TiffTag.INTEROPERABILITY) {
        addBelow(below, child.get(), TiffTag.INTEROPERABILITY);
      } else {
        below.add(entry(child.get(), field));
      }
    }
    entries.add(new Entry(tag, TiffDirectory.LONG, 1, new byte[INLINE_BYTES], below));
  }

  private static Entry entry(TiffDirectory directory, TiffDirectory.Field field) {
    return new Entry(field.tag(), field.type(), field.count(), directory.bytes(field), List.of());
  }

  /** Bytes of a directory with its values and all that is below. */
  private static int bytes(List<Entry> entries) {
    int bytes = 2 + ENTRY_BYTES * entries.size() + 4;
    for (Entry entry : entries) {
      bytes += outside(entry) + (entry.below().isEmpty() ? 0 : bytes(entry.below()));
    }
    return bytes;
  }

  private static int outside(Entry entry) {
    int length = entry.value().length;
    return length <= INLINE_BYTES ? 0 : length + (length & 1);
  }

  private static void write(ByteBuffer out, int position, List<Entry> entries) {
    int value = position + 2 + ENTRY_BYTES * entries.size() + 4;
    out.putShort(position, (short) entries.size());
    int at = position + 2;
    for (Entry entry : entries) {
      out.putShort(at, (short) entry.tag());
      out.putShort(at + 2, (short) entry.type());
      out.putInt(at + 4, entry.count());
      if (!entry.below().isEmpty()) {
        out.putInt(at + 8, value);
        write(out, value, entry.below());
        value += bytes(entry.below());
      } else if (entry.value().length <= INLINE_BYTES) {
        out.put(at + 8, entry.value());
      } else {
        out.putInt(at + 8, value);
        out.put(value, entry.value());
        value += outside(entry);
      }
      at += ENTRY_BYTES;
    }
  }
}
