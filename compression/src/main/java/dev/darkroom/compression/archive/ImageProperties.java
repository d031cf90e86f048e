package dev.darkroom.compression.archive;

import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.ImageShape;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a file's image.
 *
 * @param shape its size, channels and bit depth; of a lossy file, what its header says
 * @param pixelSha256 the hash of its pixels, see {@link Sha256#ofPixels}; none of a lossy file,
 *     whose decoders differ in their rounding, as those of Java platforms do for JPEG
 */
public record ImageProperties(ImageShape shape, Optional<Sha256> pixelSha256) {
  /** Refuses nulls. */
  public ImageProperties {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(pixelSha256, "pixelSha256");
  }
}
