package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.ImageFormat;
import java.util.Optional;

/**
 * Decodes TIFF files of one raster: grey of 1, 2, 4, 8 or 16 bits, RGB of 8 or 16, each of them
 * with alpha that is not premultiplied where it has 8 bits or more, and palettes of 8-bit colours;
 * not compressed, or by deflate, LZW or PackBits.
 */
public final class TiffDecoder {
  private TiffDecoder() {}

  /**
   * Whether a file's first directory has a field.
   *
   * @throws ImageDecodeException where the directory is damaged
   */
  public static boolean hasField(byte[] file, int tag) throws ImageDecodeException {
    return TiffDirectory.first(file).has(tag);
  }

  /**
   * Decodes a file.
   *
   * @throws ImageDecodeException where it is damaged or too large, where its samples are not read
   *     here, and where it holds anything but one raster
   */
  public static DecodedImage decode(byte[] file, DecodeLimits limits) throws ImageDecodeException {
    return decode(file, limits, true);
  }

  /**
   * The first raster of a file, whatever else it holds, for those who keep all the rest beside it;
   * of colours in a palette the upper 8 bits.
   *
   * @return the raster, or empty where its samples are not read here
   * @throws ImageDecodeException as {@link #decode}
   */
  public static Optional<DecodedImage> salvage(byte[] file, DecodeLimits limits)
      throws ImageDecodeException {
    return Optional.of(decode(file, limits, false));
  }

  private static DecodedImage decode(byte[] file, DecodeLimits limits, boolean alone)
      throws ImageDecodeException {
    TiffDirectory directory = TiffDirectory.first(file);
    TiffLayout layout = TiffLayout.of(directory, file.length, limits);
    TiffGeometry geometry = layout.geometry();
    byte[] samples = new byte[Math.toIntExact(geometry.imageBytes())];
    int[] used = new int[layout.offsets().length];
    for (int i = 0; i < used.length; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new ImageDecodeException(ErrorType.TIMEOUT, "the time for decoding is up");
      }
      TiffSegment segment = layout.segment(file, i);
      if (layout.predictor()) {
        TiffPredictor.sum(geometry, segment.content());
      }
      geometry.toImage(i, segment.content(), samples);
      used[i] = segment.used();
    }
    if (alone) {
      Optional<String> beyond = TiffAccount.beyondRaster(file, directory, layout, used);
      if (beyond.isPresent()) {
        throw new ImageDecodeException(
            ErrorType.NOT_ONE_RASTER, "the TIFF has " + beyond.get() + "; keep its original bytes");
      }
    }
    RasterImage raster =
        new RasterImage(
            geometry.width(),
            geometry.height(),
            geometry.samples(),
            8 * geometry.sampleBytes(),
            samples);
    if (layout.form().isPresent()) {
      layout.form().get().check(raster);
    }
    return new DecodedImage(
        raster, layout.form(), ImageFormat.TIFF, false, TiffMetadata.of(directory));
  }
}
