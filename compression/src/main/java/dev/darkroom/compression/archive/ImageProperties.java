package dev.darkroom.compression.archive;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.image.HeaderFacts;
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

  /** What is known of samples that were decoded exactly. */
  public static ImageProperties of(RasterImage raster) {
    return new ImageProperties(ImageShape.of(raster), Optional.of(Sha256.ofPixels(raster)));
  }

  /**
   * What the header of a lossy file says, without decoding it.
   *
   * @param file any bytes
   * @return empty where they are no JPEG or lossy WebP, or the header is of no shape that is known
   */
  public static Optional<ImageProperties> ofLossy(byte[] file) {
    return HeaderFacts.ofLossy(file)
        .filter(ImageProperties::isShape)
        .map(
            facts ->
                new ImageProperties(
                    new ImageShape(
                        facts.width(), facts.height(), facts.channels(), facts.bitDepth()),
                    Optional.empty()));
  }

  private static boolean isShape(HeaderFacts facts) {
    return facts.width() >= 1
        && facts.height() >= 1
        && facts.channels() >= 1
        && facts.channels() <= 4
        && (facts.bitDepth() == 8 || facts.bitDepth() == 16);
  }
}
