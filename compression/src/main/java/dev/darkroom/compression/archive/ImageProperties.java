package dev.darkroom.compression.archive;

import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.ImageShape;
import java.util.Objects;

/**
 * What is known of a file's image.
 *
 * @param shape its size, channels and bit depth
 * @param pixelSha256 the hash of its pixels, see {@link Sha256#ofPixels}
 */
public record ImageProperties(ImageShape shape, Sha256 pixelSha256) {
  /** Refuses nulls. */
  public ImageProperties {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(pixelSha256, "pixelSha256");
  }
}
