package dev.darkroom.compression.image;

import java.io.IOException;

/** Decodes JPEG files; their own bytes remain the exact account of them. */
final class JpegDecoder {
  private JpegDecoder() {}

  static DecodedImage decode(byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    return new DecodedImage(
        ImageIoRaster.read(ReaderProviders.jpeg(), file, limits),
        ImageFormat.JPEG,
        true,
        ImageMetadata.NONE);
  }
}
