package dev.darkroom.compression.image.tiff;

/** Horizontal differences (TIFF 6.0, section 14): each sample less that of the pixel before. */
public final class TiffPredictor {
  private TiffPredictor() {}

  /** Turns samples into differences, in place. */
  public static void difference(TiffGeometry geometry, byte[] segment) {
    int row = (int) geometry.rowBytes();
    int step = geometry.segmentSamples() * geometry.sampleBytes();
    for (int line = 0; line < segment.length; line += row) {
      for (int i = line + row - geometry.sampleBytes(); i >= line + step; ) {
        put(geometry, segment, i, get(geometry, segment, i) - get(geometry, segment, i - step));
        i -= geometry.sampleBytes();
      }
    }
  }

  /** Turns differences into samples, in place. */
  public static void sum(TiffGeometry geometry, byte[] segment) {
    int row = (int) geometry.rowBytes();
    int step = geometry.segmentSamples() * geometry.sampleBytes();
    for (int line = 0; line < segment.length; line += row) {
      for (int i = line + step; i < line + row; i += geometry.sampleBytes()) {
        put(geometry, segment, i, get(geometry, segment, i) + get(geometry, segment, i - step));
      }
    }
  }

  private static int get(TiffGeometry geometry, byte[] bytes, int index) {
    if (geometry.bits() == 8) {
      return bytes[index];
    }
    return geometry.littleEndian()
        ? bytes[index] & 0xFF | bytes[index + 1] << 8
        : bytes[index] << 8 | bytes[index + 1] & 0xFF;
  }

  private static void put(TiffGeometry geometry, byte[] bytes, int index, int value) {
    if (geometry.bits() == 8) {
      bytes[index] = (byte) value;
    } else if (geometry.littleEndian()) {
      bytes[index] = (byte) value;
      bytes[index + 1] = (byte) (value >> 8);
    } else {
      bytes[index] = (byte) (value >> 8);
      bytes[index + 1] = (byte) value;
    }
  }
}
