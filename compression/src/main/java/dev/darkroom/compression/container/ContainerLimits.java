package dev.darkroom.compression.container;

import dev.darkroom.compression.CodecException;

/**
 * What a reader accepts before it allocates anything for pixels.
 *
 * @param maxPixels the largest width x height of one image, 1 or more
 * @param maxImages the largest number of images in one container, 1 or more
 */
public record ContainerLimits(long maxPixels, int maxImages) {
  /** 2^28 pixels (16,384 x 16,384) an image, 2^20 images a container. */
  public static final ContainerLimits DEFAULT = new ContainerLimits(1L << 28, 1 << 20);

  /** The most bytes that a Java array can be relied on to hold. */
  private static final long MAX_ARRAY = Integer.MAX_VALUE - 16;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the limit that is below 1
   */
  public ContainerLimits {
    if (maxPixels < 1 || maxImages < 1) {
      throw new IllegalArgumentException(
          "maxPixels and maxImages must be 1 or more, not %d and %d"
              .formatted(maxPixels, maxImages));
    }
  }

  /** The default limits with another number of pixels. */
  public static ContainerLimits ofPixels(long maxPixels) {
    return new ContainerLimits(maxPixels, DEFAULT.maxImages);
  }

  void check(ImageShape shape) throws CodecException {
    if (shape.pixels() > maxPixels) {
      throw new CodecException(
          CodecException.Kind.LIMIT_EXCEEDED,
          "the image has %d x %d pixels, over the limit of %d; raise the limit on pixels to read it"
              .formatted(shape.width(), shape.height(), maxPixels));
    }
    if (shape.rawBytes() > MAX_ARRAY) {
      throw new CodecException(
          CodecException.Kind.LIMIT_EXCEEDED,
          "the image's samples take %d bytes, more than one Java array holds"
              .formatted(shape.rawBytes()));
    }
  }

  void checkImages(long images) throws CodecException {
    if (images > maxImages) {
      throw new CodecException(
          CodecException.Kind.LIMIT_EXCEEDED,
          "the container holds %d images, over the limit of %d; raise the limit on images to read it"
              .formatted(images, maxImages));
    }
  }
}
