package dev.darkroom.compression.image;

import java.util.Optional;

/**
 * What the header of a lossy file says of its image. It does not depend on who decodes the file,
 * and holds for one that is damaged behind its header.
 *
 * @param width pixels of a row, as written
 * @param height rows, as written
 * @param channels samples of a pixel, as written
 * @param bitDepth bits of a sample, as written
 */
public record HeaderFacts(int width, int height, int channels, int bitDepth) {
  /** The facts of a JPEG file, or of a still lossy WebP file; empty for anything else. */
  public static Optional<HeaderFacts> ofLossy(byte[] file) {
    Optional<ImageFormat> format = ImageFormat.sniff(file);
    if (format.equals(Optional.of(ImageFormat.JPEG))) {
      return JpegHeader.find(file)
          .map(h -> new HeaderFacts(h.width(), h.height(), h.components(), h.precision()));
    }
    if (format.equals(Optional.of(ImageFormat.WEBP))) {
      try {
        WebpFile webp = WebpFile.parse(file);
        return webp.lossless() || webp.animated()
            ? Optional.empty()
            : Optional.of(new HeaderFacts(webp.width(), webp.height(), webp.alpha() ? 4 : 3, 8));
      } catch (ImageDecodeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
