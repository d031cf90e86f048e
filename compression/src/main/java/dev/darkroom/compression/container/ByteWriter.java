package dev.darkroom.compression.container;

import java.io.ByteArrayOutputStream;

/** Appends the number formats of a container to a growing array. */
final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void u8(int value) {
    out.write(value);
  }

  void u32(int value) {
    out.write(value >>> 24);
    out.write(value >>> 16);
    out.write(value >>> 8);
    out.write(value);
  }

  /** Seven bits a byte, lowest first, bit 7 set on all bytes but the last. */
  void varint(int value) {
    int rest = value;
    while (rest > 0x7F) {
      out.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  void bytes(byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }

  int size() {
    return out.size();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
