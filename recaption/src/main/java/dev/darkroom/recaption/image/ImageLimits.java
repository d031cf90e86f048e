package dev.darkroom.recaption.image;

/**
 * The largest image that is decoded.
 *
 * @param maxBytes of the file, at least 1
 * @param maxPixels width times height, at least 1
 */
public record ImageLimits(long maxBytes, long maxPixels) {
  /** 64 MiB and 2^26 pixels (67 million). */
  public static final ImageLimits DEFAULT = new ImageLimits(1L << 26, 1L << 26);

  /** Refuses limits below 1. */
  public ImageLimits {
    if (maxBytes < 1 || maxPixels < 1) {
      throw new IllegalArgumentException(
          "maxBytes and maxPixels must be at least 1, not %d and %d"
              .formatted(maxBytes, maxPixels));
    }
  }
}
