package dev.darkroom.compression.plain;

/** Reads and writes single samples of a raster's array. */
final class Samples {
  private Samples() {}

  /** The sample with an index, 0 to 255 or 65,535. */
  static int get(byte[] samples, int bitDepth, int index) {
    return bitDepth == 8
        ? samples[index] & 0xFF
        : (samples[2 * index] & 0xFF) << 8 | samples[2 * index + 1] & 0xFF;
  }

  static void set(byte[] samples, int bitDepth, int index, int value) {
    if (bitDepth == 8) {
      samples[index] = (byte) value;
    } else {
      samples[2 * index] = (byte) (value >>> 8);
      samples[2 * index + 1] = (byte) value;
    }
  }
}
