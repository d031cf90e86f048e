package dev.darkroom.recaption.image;

import java.awt.image.BufferedImage;
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

  /** The same for Java's own image functions, a copy. */
  public BufferedImage picture() {
    int[] pixels = new int[width * height];
    for (int i = 0; i < pixels.length; i++) {
      int at = CHANNELS * i;
      pixels[i] =
          (samples[at] & 0xFF) << 16 | (samples[at + 1] & 0xFF) << 8 | (samples[at + 2] & 0xFF);
    }
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, width, height, pixels, 0, width);
    return picture;
  }
}
