package dev.darkroom.compression.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Decodes TIFF files of one page with grey, palette or RGB samples of up to 16 bits, and alpha that
 * is not premultiplied, under any lossless compression.
 */
final class TiffDecoder {
  /** None, the fax codes, LZW, deflate in its two numbers, PackBits. */
  private static final Set<Long> LOSSLESS = Set.of(1L, 2L, 3L, 4L, 5L, 8L, 32_946L, 32_773L);

  private static final int GREATEST_PHOTOMETRIC = 3;

  private TiffDecoder() {}

  static DecodedImage decode(byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    TiffDirectory directory = TiffDirectory.read(file);
    limits.checkSize(
        directory.number(TiffDirectory.WIDTH, 0), directory.number(TiffDirectory.HEIGHT, 0), 8);
    requireOneRaster(directory);
    return new DecodedImage(
        ImageIoRaster.read(new TIFFImageReaderSpi(), file, limits),
        ImageFormat.TIFF,
        false,
        directory
            .bytes(TiffDirectory.ICC_PROFILE)
            .map(profile -> new ImageMetadata(List.of(ImageMetadata.iccProfile(profile))))
            .orElse(ImageMetadata.NONE));
  }

  private static void requireOneRaster(TiffDirectory directory) throws ImageDecodeException {
    require(directory.isLast(), "more than one page");
    require(
        LOSSLESS.contains(directory.number(TiffDirectory.COMPRESSION, 1)),
        "a lossy or unusual compression");
    long photometric = directory.number(TiffDirectory.PHOTOMETRIC, GREATEST_PHOTOMETRIC + 1);
    require(photometric <= GREATEST_PHOTOMETRIC, "an unusual colour space");
    long[] formats = directory.numbers(TiffDirectory.SAMPLE_FORMAT);
    require(Arrays.stream(formats).allMatch(f -> f == 1), "samples that are not unsigned integers");
    long colors = photometric == 2 ? 3 : 1;
    long samples = directory.number(TiffDirectory.SAMPLES_PER_PIXEL, 1);
    long[] extra = directory.numbers(TiffDirectory.EXTRA_SAMPLES);
    require(
        samples == colors || samples == colors + 1 && extra.length == 1 && extra[0] == 2,
        "more samples than colour and plain alpha");
    long[] bits = directory.numbers(TiffDirectory.BITS_PER_SAMPLE);
    long depth = bits.length == 0 ? 1 : bits[0];
    require(Arrays.stream(bits).allMatch(b -> b == depth), "samples of different depths");
    boolean small = samples == 1 && (depth == 1 || depth == 2 || depth == 4);
    require(small || depth == 8 || depth == 16 && photometric != 3, "samples of odd depths");
  }

  private static void require(boolean condition, String otherwise) throws ImageDecodeException {
    if (!condition) {
      throw new ImageDecodeException(
          ErrorType.NOT_ONE_RASTER, "the TIFF has " + otherwise + "; keep its original bytes");
    }
  }
}
