package dev.darkroom.compression.container;

import dev.darkroom.compression.RasterImage;

/**
 * The size of an image without its samples.
 *
 * @param width pixels per row, 1 to 65,535
 * @param height rows, 1 to 65,535
 * @param channels 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA)
 * @param bitDepth bits per sample, 8 or 16
 */
public record ImageShape(int width, int height, int channels, int bitDepth) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field that is out of its range
   */
  public ImageShape {
    requireRange("width", width, RasterImage.MAX_SIDE);
    requireRange("height", height, RasterImage.MAX_SIDE);
    requireRange("channels", channels, 4);
    if (bitDepth != 8 && bitDepth != 16) {
      throw new IllegalArgumentException("bitDepth must be 8 or 16, not " + bitDepth);
    }
  }

  /** The shape of an image. */
  public static ImageShape of(RasterImage image) {
    return new ImageShape(image.width(), image.height(), image.channels(), image.bitDepth());
  }

  /** The number of pixels: width x height. */
  public long pixels() {
    return (long) width * height;
  }

  /** The number of samples: width x height x channels. */
  public long subpixels() {
    return pixels() * channels;
  }

  /** The number of bytes that the samples take in a {@link RasterImage}. */
  public long rawBytes() {
    return subpixels() * (bitDepth / 8);
  }

  private static void requireRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("%s must be 1 to %d, not %d".formatted(name, max, value));
    }
  }
}
