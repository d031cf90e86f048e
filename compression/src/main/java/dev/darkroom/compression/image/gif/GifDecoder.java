package dev.darkroom.compression.image.gif;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import java.util.Arrays;
import java.util.Optional;

/** Decodes GIF files with one frame that fills the screen, by their indices. */
public final class GifDecoder {
  /** The pixels, once as they come and once in their rows. */
  private static final int BYTES_PER_PIXEL = 2;

  private GifDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws ImageDecodeException where it is damaged, too large, or not one frame that fills the
   *     screen
   */
  public static DecodedImage decode(byte[] file, DecodeLimits limits) throws ImageDecodeException {
    GifScan scan = GifScan.of(file);
    if (scan.damage().isPresent()) {
      throw scan.damage().get();
    }
    if (scan.frames() > 1 || !scan.isFull()) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER,
          "the GIF has %d frames, or one that does not fill its screen; keep its original bytes"
              .formatted(scan.frames()));
    }
    if (scan.palette().length == 0) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER, "the GIF has no colours; keep its original bytes");
    }
    RasterImage raster = frame(scan, limits);
    Optional<SampleForm> form = form(scan);
    if (form.isPresent()) {
      form.get().check(raster);
    }
    return new DecodedImage(raster, form, ImageFormat.GIF, false, ImageMetadata.NONE);
  }

  /**
   * The indices of the first frame of a file that is damaged or odd, where all of them are there.
   *
   * @return the frame, or empty where there is none, or where there are others
   * @throws ImageDecodeException where the frame is damaged or too large
   */
  public static Optional<DecodedImage> salvage(byte[] file, DecodeLimits limits)
      throws ImageDecodeException {
    GifScan scan = GifScan.of(file);
    if (!scan.hasFrame() || scan.frames() > 1) {
      return Optional.empty();
    }
    return Optional.of(
        new DecodedImage(
            frame(scan, limits), form(scan), ImageFormat.GIF, false, ImageMetadata.NONE));
  }

  private static RasterImage frame(GifScan scan, DecodeLimits limits) throws ImageDecodeException {
    int width = scan.width();
    int height = scan.height();
    limits.checkSize(width, height, BYTES_PER_PIXEL);
    byte[] pixels = GifPixels.decode(scan.data(), scan.codeSize(), width * height).pixels();
    byte[] rows = scan.isInterlaced() ? GifRows.fromPasses(pixels, width, height) : pixels;
    return new RasterImage(width, height, 1, 8, rows);
  }

  private static Optional<SampleForm> form(GifScan scan) {
    byte[] palette = scan.palette();
    byte[] alphas = {};
    if (scan.transparent() >= 0 && scan.transparent() < palette.length / 3) {
      alphas = new byte[scan.transparent() + 1];
      Arrays.fill(alphas, (byte) 0xFF);
      alphas[scan.transparent()] = 0;
    }
    return SampleForm.ofColors(palette, alphas);
  }
}
