package dev.darkroom.compression.image;

import dev.darkroom.compression.image.bmp.BmpLeftovers;
import dev.darkroom.compression.image.gif.GifLeftovers;
import dev.darkroom.compression.image.png.PngLeftovers;
import dev.darkroom.compression.image.tiff.TiffLeftovers;
import java.util.List;

/** What an image's file says beside its pixels that is lost where only pixels are kept. */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Short names such as {@code geotiff}, sorted; empty where nothing is lost.
   *
   * @param file a file that {@link ImageFileDecoder} decoded
   * @param format its format
   * @param kept the metadata that are kept of it
   */
  public static List<String> of(byte[] file, ImageFormat format, ImageMetadata kept) {
    try {
      return switch (format) {
        case PNG -> PngLeftovers.of(file);
        case GIF -> GifLeftovers.of(file);
        case BMP -> BmpLeftovers.of(file, kept);
        case TIFF -> TiffLeftovers.of(file, kept);
        // of WebP all is kept, or the file is; JPEG is always kept as a file
        default -> List.of();
      };
    } catch (ImageDecodeException e) {
      throw new IllegalArgumentException("the file was not decoded before", e);
    }
  }
}
