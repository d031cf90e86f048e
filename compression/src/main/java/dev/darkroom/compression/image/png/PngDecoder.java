package dev.darkroom.compression.image.png;

import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;

/** Decodes PNG files strictly: a damaged checksum anywhere is an error. */
public final class PngDecoder {
  private PngDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws ImageDecodeException where it is damaged, too large, or an animation
   */
  public static DecodedImage decode(byte[] bytes, DecodeLimits limits) throws ImageDecodeException {
    PngFile file = PngFile.parse(bytes);
    PngSamples samples = new PngSamples(file);
    PngHeader header = file.header();
    limits.checkSize(
        header.width(), header.height(), samples.channels() * samples.bitDepth() / 8 + 1);
    if (file.isAnimated()) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER, "the PNG is an animation; keep its original bytes");
    }
    byte[] lines = PngLines.inflate(file);
    PngLines.unfilter(header, lines);
    return new DecodedImage(samples.toRaster(lines), ImageFormat.PNG, false, metadata(file));
  }

  private static ImageMetadata metadata(PngFile file) {
    return new ImageMetadata(
        file.chunks().stream().filter(chunk -> ImageMetadata.isMetadata(chunk.type())).toList());
  }
}
