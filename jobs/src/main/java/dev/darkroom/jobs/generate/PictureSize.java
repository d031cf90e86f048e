package dev.darkroom.jobs.generate;

import java.io.Serializable;

/**
 * The size of an image in pixels.
 *
 * @param width 1 or more
 * @param height 1 or more
 */
public record PictureSize(int width, int height) implements Serializable {
  private static final int MOST = 8192;

  /** Refuses sizes that no model has. */
  public PictureSize {
    if (width < 1 || height < 1 || width > MOST || height > MOST) {
      throw new IllegalArgumentException(
          "a size must be 1 to %d pixels a side, not %dx%d".formatted(MOST, width, height));
    }
  }

  /**
   * Reads {@code 512} or {@code 768x512}, width first.
   *
   * @throws IllegalArgumentException where the text is neither
   */
  public static PictureSize of(String text) {
    if (!text.matches("\\d{1,6}(x\\d{1,6})?")) {
      throw new IllegalArgumentException(
          "a size is one number of pixels, or width and height such as 768x512, not '%s'"
              .formatted(text));
    }
    String[] sides = text.split("x", -1);
    int width = Integer.parseInt(sides[0]);
    return new PictureSize(width, sides.length > 1 ? Integer.parseInt(sides[1]) : width);
  }
}
