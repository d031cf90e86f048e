package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.bmp.BmpDecoder;
import dev.darkroom.compression.image.gif.GifDecoder;
import dev.darkroom.compression.image.png.PngDecoder;
import dev.darkroom.compression.image.tiff.TiffDecoder;
import java.util.Objects;
import java.util.Optional;

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

  /**
   * The samples of a file that {@link #decode} refuses because it is damaged, or because they are
   * not the picture as it is seen; for rebuilding the file. What they stand for is told as far as
   * it is known, metadata are not.
   *
   * @param file its bytes
   * @return the samples, or empty where there are none, or not all of them
   */
  public Optional<DecodedImage> salvage(byte[] file) {
    try {
      limits.checkBytes(file.length);
      Optional<ImageFormat> format = ImageFormat.sniff(file);
      return format.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Guard.run(limits.timeout(), () -> salvage(file, format.get()).orElseThrow()));
    } catch (ImageDecodeException e) {
      return Optional.empty();
    }
  }

  private Optional<DecodedImage> salvage(byte[] file, ImageFormat format)
      throws ImageDecodeException {
    return switch (format) {
      case PNG -> PngDecoder.salvage(file, limits);
      case BMP -> BmpDecoder.salvage(file, limits);
      case GIF -> GifDecoder.salvage(file, limits);
      case TIFF -> TiffDecoder.salvage(file, limits);
      default -> Optional.empty();
    };
  }

  /**
   * The picture of a file as far as it can be shown: what {@link #decode} gives, or what of a
   * damaged or odd file would be seen.
   *
   * @param file its bytes
   * @return the picture, or empty where there is none
   */
  public Optional<DecodedImage> show(byte[] file) {
    try {
      return Optional.of(decode(file));
    } catch (ImageDecodeException e) {
      try {
        if (ImageFormat.sniff(file).equals(Optional.of(ImageFormat.BMP))) {
          return Optional.of(Guard.run(limits.timeout(), () -> BmpDecoder.show(file, limits)));
        }
      } catch (ImageDecodeException worse) {
        return Optional.empty();
      }
      return salvage(file);
    }
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
