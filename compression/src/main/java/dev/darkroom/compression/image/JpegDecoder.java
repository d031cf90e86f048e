package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.IOException;

/** Decodes JPEG files; their own bytes remain the exact account of them. */
final class JpegDecoder {
  private JpegDecoder() {}

  static DecodedImage decode(byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    JpegHeader header =
        JpegHeader.find(file)
            .orElseThrow(
                () ->
                    new ImageDecodeException(
                        ErrorType.CORRUPT, "the JPEG has no frame header before its first scan"));
    requireRead(header);
    limits.checkSize(header.width(), header.height(), header.bytesPerPixel());
    JpegWarnings warnings = new JpegWarnings();
    DecodedImage decoded =
        new DecodedImage(
            ImageIoRaster.read(ReaderProviders.jpeg(), file, limits, warnings),
            ImageFormat.JPEG,
            true,
            ImageMetadata.NONE);
    warnings.check();
    return decoded;
  }

  /** Names what is sound and still not read, the same on every Java platform. */
  private static void requireRead(JpegHeader header) throws ImageDecodeException {
    if (header.isHierarchical()) {
      throw unsupported("it is hierarchical");
    }
    if (header.isArithmetic()) {
      throw unsupported("it is arithmetically coded");
    }
    if (header.precision() != 8 && !header.isLossless()) {
      throw unsupported("it has %d bits a sample".formatted(header.precision()));
    }
    if (header.height() == 0) {
      throw unsupported("its height stands behind its first scan, in a DNL segment");
    }
  }

  private static ImageDecodeException unsupported(String kind) {
    return new ImageDecodeException(
        ErrorType.UNSUPPORTED, "a JPEG of this kind is not read: " + kind + "; its bytes are kept");
  }
}
