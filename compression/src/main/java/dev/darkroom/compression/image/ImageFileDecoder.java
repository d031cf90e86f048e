package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.png.PngDecoder;
import dev.darkroom.compression.image.tiff.TiffDecoder;
import java.util.Objects;

/**
 * Decodes image files of every {@link ImageFormat}. Immutable and thread-safe.
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
    return decode(file, true);
  }

  /**
   * Decodes the first raster of a file, whatever else the file holds where its format is TIFF: for
   * those who keep all the rest beside it.
   *
   * @param file its bytes
   * @return its samples as {@link #decode(byte[])} returns them
   * @throws ImageDecodeException where there is no raster to be had
   */
  public DecodedImage decodeFirst(byte[] file) throws ImageDecodeException {
    return decode(file, false);
  }

  private DecodedImage decode(byte[] file, boolean alone) throws ImageDecodeException {
    limits.checkBytes(file.length);
    ImageFormat format =
        ImageFormat.sniff(file)
            .orElseThrow(
                () ->
                    new ImageDecodeException(
                        ErrorType.NOT_AN_IMAGE,
                        file.length == 0
                            ? "the file is empty"
                            : "the file begins like no image format known here"));
    return Guard.run(limits.timeout(), () -> decode(file, format, alone));
  }

  private DecodedImage decode(byte[] file, ImageFormat format, boolean alone) throws Exception {
    return switch (format) {
      case PNG -> PngDecoder.decode(file, limits);
      case BMP -> BmpDecoder.decode(file, limits);
      case TIFF -> alone ? TiffDecoder.decode(file, limits) : TiffDecoder.decodeFirst(file, limits);
      case GIF -> GifDecoder.decode(file, limits);
      case WEBP -> WebpDecoder.decode(file, limits);
      case JPEG -> JpegDecoder.decode(file, limits);
    };
  }
}
