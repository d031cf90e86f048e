package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import java.util.Objects;
import java.util.Optional;

/**
 * A decoded file.
 *
 * @param raster the samples as the file stores them: of a palette its indices, of grey with less
 *     than 8 bits its numbers
 * @param form what the samples stand for, where they are not the picture as it is seen
 * @param format the file's format
 * @param lossySource whether the format lost something of an original (JPEG, lossy WebP), so that
 *     its own bytes are the smallest exact account of these samples
 * @param metadata what the file says beside the samples
 */
public record DecodedImage(
    RasterImage raster,
    Optional<SampleForm> form,
    ImageFormat format,
    boolean lossySource,
    ImageMetadata metadata) {
  /** Refuses nulls. */
  public DecodedImage {
    Objects.requireNonNull(raster, "raster");
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(metadata, "metadata");
  }

  /** A file whose samples are the picture as it is seen. */
  public DecodedImage(
      RasterImage raster, ImageFormat format, boolean lossySource, ImageMetadata metadata) {
    this(raster, Optional.empty(), format, lossySource, metadata);
  }

  /** The picture as it is seen: colours instead of indices, transparency as an alpha channel. */
  public RasterImage shown() {
    return form.map(f -> f.show(raster)).orElse(raster);
  }
}
