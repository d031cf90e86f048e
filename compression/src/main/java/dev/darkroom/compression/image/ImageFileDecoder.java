package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.png.PngDecoder;
import java.util.Objects;

/**
 * Decodes image files of every {@link ImageFormat} that says so. Immutable and thread-safe.
 *
 * <p>Whatever the bytes are, the outcome is an image or an {@link ImageDecodeException}, within the
 * time limit.
 */
public final class ImageFileDecoder {
  private final DecodeLimits limits;

  /** A decoder with the given limits. */
  public ImageFileDecoder(DecodeLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Decodes a file.
   *
   * @param file its bytes
   * @return its samples as they are stored, without colour management and orientation
   * @throws ImageDecodeException where there is no raster to be had
   */
  public DecodedImage decode(byte[] file) throws ImageDecodeException {
    limits.checkBytes(file.length);
    ImageFormat format =
        ImageFormat.sniff(file)
            .orElseThrow(
                () ->
                    new ImageDecodeException(ErrorType.NOT_AN_IMAGE, OtherContent.describe(file)));
    if (!format.isDecoded()) {
      throw new ImageDecodeException(
          ErrorType.UNSUPPORTED, format.title() + " is not read; its bytes are kept");
    }
    return Guard.run(limits.timeout(), () -> decode(file, format));
  }

  private DecodedImage decode(byte[] file, ImageFormat format) throws Exception {
    return switch (format) {
      case PNG -> PngDecoder.decode(file, limits);
      case BMP -> BmpDecoder.decode(file, limits);
      case TIFF -> TiffDecoder.decode(file, limits);
      case GIF -> GifDecoder.decode(file, limits);
      case WEBP -> WebpDecoder.decode(file, limits);
      case JPEG -> JpegDecoder.decode(file, limits);
      default -> throw new IllegalStateException("no decoder of " + format);
    };
  }
}
