package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import java.util.Objects;

/**
 * A decoded file.
 *
 * @param raster the samples as the file stores them
 * @param format the file's format
 * @param lossySource whether the format lost something of an original (JPEG, lossy WebP), so that
 *     its own bytes are the smallest exact account of these samples
 * @param metadata what the file says beside the samples
 */
public record DecodedImage(
    RasterImage raster, ImageFormat format, boolean lossySource, ImageMetadata metadata) {
  /** Refuses nulls. */
  public DecodedImage {
    Objects.requireNonNull(raster, "raster");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(metadata, "metadata");
  }
}
