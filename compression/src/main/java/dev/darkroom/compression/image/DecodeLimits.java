package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.time.Duration;
import java.util.Objects;

/**
 * What a decoder accepts; pixels and bytes are checked before memory is taken for them.
 *
 * @param maxPixels the most pixels (width x height) of an image, 1 or more
 * @param maxBytes the most bytes of a file, 1 or more
 * @param timeout the longest that decoding one file may take, more than zero
 */
public record DecodeLimits(long maxPixels, long maxBytes, Duration timeout) {
  /** 2^27 pixels (134 million), 1 GiB, one minute. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(1L << 27, 1L << 30, Duration.ofMinutes(1));

  private static final long MAX_ARRAY = Integer.MAX_VALUE - 16;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the limit that is out of its range
   */
  public DecodeLimits {
    Objects.requireNonNull(timeout, "timeout");
    if (maxPixels < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "maxPixels and maxBytes must be 1 or more, not %d and %d".formatted(maxPixels, maxBytes));
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must be more than zero, not " + timeout);
    }
  }

  /**
   * Checks the size that an image's header announces.
   *
   * @param width pixels per row
   * @param height rows
   * @param bytesPerPixel 1 or more, as the samples will take in memory
   * @throws ImageDecodeException of type {@code TOO_LARGE} or, for a side below 1, {@code CORRUPT}
   */
  public void checkSize(long width, long height, int bytesPerPixel) throws ImageDecodeException {
    if (width < 1 || height < 1) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT, "the header says %d x %d pixels".formatted(width, height));
    }
    if (width > RasterImage.MAX_SIDE || height > RasterImage.MAX_SIDE) {
      throw new ImageDecodeException(
          ErrorType.TOO_LARGE,
          "the image has %d x %d pixels, and those of more than %d a side are not read"
              .formatted(width, height, RasterImage.MAX_SIDE));
    }
    if (width * height > maxPixels) {
      throw new ImageDecodeException(
          ErrorType.TOO_LARGE,
          "the image has %d x %d = %d pixels, over the limit of %d; raise it (--max-pixels) to read the image"
              .formatted(width, height, width * height, maxPixels));
    }
    if (width * height * bytesPerPixel > MAX_ARRAY) {
      throw new ImageDecodeException(
          ErrorType.TOO_LARGE,
          "the image has %d x %d pixels of %d bytes, over the 2 GiB that can be read at all"
              .formatted(width, height, bytesPerPixel));
    }
  }

  /**
   * Checks the length of a file.
   *
   * @throws ImageDecodeException of type {@code TOO_LARGE}
   */
  public void checkBytes(long bytes) throws ImageDecodeException {
    if (bytes > maxBytes) {
      throw new ImageDecodeException(
          ErrorType.TOO_LARGE,
          "the file has %d bytes, over the limit of %d; raise it (--max-bytes) to read the file"
              .formatted(bytes, maxBytes));
    }
  }
}
