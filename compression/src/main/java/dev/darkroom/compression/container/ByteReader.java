package dev.darkroom.compression.container;

import dev.darkroom.compression.CodecException;
import java.util.Arrays;

/** Reads the number formats of a container and never looks past the end of its range. */
final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  ByteReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  int u8() throws CodecException {
    require(1);
    return bytes[position++] & 0xFF;
  }

  int u32() throws CodecException {
    require(4);
    int value =
        (bytes[position] & 0xFF) << 24
            | (bytes[position + 1] & 0xFF) << 16
            | (bytes[position + 2] & 0xFF) << 8
            | bytes[position + 3] & 0xFF;
    position += 4;
    return value;
  }

  /** A number of at most 31 bits; longer than needed encodings are refused. */
  int varint() throws CodecException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = u8();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        if (value > Integer.MAX_VALUE || next == 0 && shift > 0) {
          break;
        }
        return (int) value;
      }
    }
    throw corrupt("a number in its directory is malformed");
  }

  /** A varint that counts entries of at least {@code entryBytes} bytes each, still to come. */
  int count(int entryBytes) throws CodecException {
    int count = varint();
    if (count < 1 || count > remaining() / entryBytes) {
      throw corrupt("its directory counts " + count + " entries, which do not fit");
    }
    return count;
  }

  byte[] bytes(int length) throws CodecException {
    require(length);
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  int position() {
    return position;
  }

  int remaining() {
    return end - position;
  }

  private void require(int length) throws CodecException {
    if (length > remaining()) {
      throw corrupt("it is cut short");
    }
  }

  static CodecException corrupt(String reason) {
    return new CodecException(
        CodecException.Kind.CORRUPT,
        "the container is damaged: " + reason + "; restore it from another copy");
  }
}
