package dev.darkroom.compression;

import java.util.Arrays;
import java.util.Objects;

/**
 * An uncompressed raster image: rows from top to bottom, samples interleaved by pixel.
 *
 * <p>The sample array is not copied: whoever hands it over no longer writes to it.
 *
 * @param width pixels per row, 1 to {@value #MAX_SIDE}
 * @param height rows, 1 to {@value #MAX_SIDE}
 * @param channels 1 (grey), 2 (grey, alpha), 3 (RGB) or 4 (RGBA)
 * @param bitDepth bits per sample, 8 or 16
 * @param samples {@code width * height * channels} samples; 16-bit samples take two bytes, big
 *     endian
 */
public record RasterImage(int width, int height, int channels, int bitDepth, byte[] samples) {
  /** The longest side of an image, in pixels. */
  public static final int MAX_SIDE = 65_535;

  /**
   * Checks that shape and sample array agree.
   *
   * @throws IllegalArgumentException naming the field that is out of its range
   */
  public RasterImage {
    requireRange("width", width, 1, MAX_SIDE);
    requireRange("height", height, 1, MAX_SIDE);
    requireRange("channels", channels, 1, 4);
    if (bitDepth != 8 && bitDepth != 16) {
      throw new IllegalArgumentException("bitDepth must be 8 or 16, not " + bitDepth);
    }
    Objects.requireNonNull(samples, "samples");
    long expected = (long) width * height * channels * (bitDepth / 8);
    if (samples.length != expected) {
      throw new IllegalArgumentException(
          "samples must hold " + expected + " bytes, not " + samples.length);
    }
  }

  /** The number of samples: width x height x channels. */
  public long subpixels() {
    return (long) width * height * channels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RasterImage that
        && width == that.width
        && height == that.height
        && channels == that.channels
        && bitDepth == that.bitDepth
        && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, height, channels, bitDepth, Arrays.hashCode(samples));
  }

  @Override
  public String toString() {
    return "RasterImage[%d x %d, %d channels, %d bits]"
        .formatted(width, height, channels, bitDepth);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(name, min, max, value));
    }
  }
}
