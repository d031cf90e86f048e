package dev.darkroom.recaption.image;

import java.util.Objects;

/**
 * An image of 8-bit red, green and blue.
 *
 * @param width pixels per row, at least 1
 * @param height rows, at least 1
 * @param samples {@code height x width x 3} bytes, row by row, unsigned; not copied
 */
public record RgbImage(int width, int height, byte[] samples) {
  /** Samples per pixel. */
  public static final int CHANNELS = 3;

  /** Refuses samples that don't fill the image. */
  public RgbImage {
    Objects.requireNonNull(samples, "samples");
    if (width < 1 || height < 1 || (long) width * height * CHANNELS != samples.length) {
      throw new IllegalArgumentException(
          "%d bytes are no RGB image of %d x %d pixels".formatted(samples.length, width, height));
    }
  }
}
