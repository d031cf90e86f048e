package dev.darkroom.compression.plain;

/** Divides an image into groups of rows that are entropy-coded one by one, to bound memory. */
final class Segments {
  private static final int TARGET_SAMPLES = 1 << 19;

  private Segments() {}

  /** The number of rows in every segment but the last, which may have fewer. */
  static int rows(int width, int channels, int height) {
    return Math.min(height, Math.max(1, TARGET_SAMPLES / (width * channels)));
  }
}
