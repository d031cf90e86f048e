package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.IOException;

/** Decodes WebP files, still ones only, by libwebp. */
final class WebpDecoder {
  /** libwebp gives a pixel as one int, which is then taken apart. */
  private static final int BYTES_PER_PIXEL = 4;

  private WebpDecoder() {}

  static DecodedImage decode(byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    WebpFile webp = WebpFile.parse(file);
    if (webp.animated()) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER, "the WebP is an animation; keep its original bytes");
    }
    limits.checkSize(webp.width(), webp.height(), BYTES_PER_PIXEL);
    if (!webp.lossless()) {
      int[] pixels = Libwebp.decode(file, webp.width(), webp.height());
      return decoded(webp, raster(webp, pixels, webp.alpha() ? 4 : 3));
    }
    if (webp.unaccounted().isPresent()) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER,
          "the WebP has " + webp.unaccounted().get() + "; keep its original bytes");
    }
    int[] pixels = Libwebp.decode(webp.bareLossless(), webp.width(), webp.height());
    if (!webp.alpha() && !isOpaque(pixels)) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER,
          "the WebP has transparent pixels, which its header denies; keep its original bytes");
    }
    return decoded(webp, raster(webp, pixels, webp.alpha() ? 4 : 3));
  }

  private static DecodedImage decoded(WebpFile webp, RasterImage raster) {
    return new DecodedImage(raster, ImageFormat.WEBP, !webp.lossless(), webp.metadata());
  }

  private static boolean isOpaque(int[] pixels) {
    for (int pixel : pixels) {
      if (pixel >>> 24 != 0xFF) {
        return false;
      }
    }
    return true;
  }

  private static RasterImage raster(WebpFile webp, int[] pixels, int channels) {
    byte[] samples = new byte[Math.multiplyExact(pixels.length, channels)];
    int target = 0;
    for (int pixel : pixels) {
      samples[target++] = (byte) (pixel >> 16);
      samples[target++] = (byte) (pixel >> 8);
      samples[target++] = (byte) pixel;
      if (channels == 4) {
        samples[target++] = (byte) (pixel >>> 24);
      }
    }
    return new RasterImage(webp.width(), webp.height(), channels, 8, samples);
  }
}
