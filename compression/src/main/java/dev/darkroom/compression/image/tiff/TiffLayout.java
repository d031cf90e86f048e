package dev.darkroom.compression.image.tiff;

import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.SampleForm;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The raster that a file's first directory describes: how its samples lie, what they stand for, and
 * where the segments are.
 *
 * @param geometry how samples are laid out
 * @param form what the samples stand for, where they are not the picture as it is seen
 * @param compression how each segment is compressed
 * @param predictor whether samples are differences to those of the pixel on the left
 * @param offsets where each segment begins in the file
 * @param lengths the bytes that each segment may take there
 */
public record TiffLayout(
    TiffGeometry geometry,
    Optional<SampleForm> form,
    TiffCompression compression,
    boolean predictor,
    int[] offsets,
    int[] lengths) {
  private static final int WHITE_IS_ZERO = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int PLAIN_ALPHA = 2;

  /** What the samples of a file may be at most of what a segment's bytes are: LZW's 1,311. */
  private static final long MOST_EXPANSION = 1400;

  /**
   * Reads the layout of a file that was decoded before, and so is within all limits.
   *
   * @param file a file that {@link dev.darkroom.compression.image.ImageFormat#sniff} takes for TIFF
   * @throws ImageDecodeException of type {@code NOT_ONE_RASTER} or {@code UNSUPPORTED} for samples
   *     that are not read here, and others for damaged files and those over the limits
   */
  public static TiffLayout of(byte[] file) throws ImageDecodeException {
    DecodeLimits limits = new DecodeLimits(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1));
    return of(TiffDirectory.first(file), file.length, limits);
  }

  static TiffLayout of(TiffDirectory directory, int fileBytes, DecodeLimits limits)
      throws ImageDecodeException {
    requireKnownSamples(directory);
    TiffCompression compression =
        TiffCompression.of(directory.number(TiffTag.COMPRESSION, 1))
            .orElseThrow(() -> notOneRaster("a lossy or unusual compression"));
    TiffGeometry geometry = geometry(directory, limits);
    long predictor = directory.number(TiffTag.PREDICTOR, 1);
    boolean predictable =
        geometry.bits() >= 8
            && (compression == TiffCompression.DEFLATE || compression == TiffCompression.LZW);
    require(predictor == 1 || predictor == 2 && predictable, "an unusual predictor");
    long segments = geometry.segments();
    int[] offsets = segments(directory, TiffTag.STRIP_OFFSETS, TiffTag.TILE_OFFSETS, segments);
    int[] lengths =
        segments(directory, TiffTag.STRIP_BYTE_COUNTS, TiffTag.TILE_BYTE_COUNTS, segments);
    long compressed = 0;
    for (int i = 0; i < offsets.length; i++) {
      if ((long) offsets[i] + lengths[i] > fileBytes) {
        throw new ImageDecodeException(ErrorType.TRUNCATED, "the TIFF ends before its samples do");
      }
      compressed += lengths[i];
    }
    if (compressed * MOST_EXPANSION < geometry.imageBytes()) {
      throw TiffSegment.tooShort();
    }
    return new TiffLayout(
        geometry, form(directory, geometry), compression, predictor == 2, offsets, lengths);
  }

  /**
   * A segment of the file, out of its compression, predictor still on.
   *
   * @param file the file
   */
  public TiffSegment segment(byte[] file, int index) throws ImageDecodeException {
    return TiffSegment.decode(
        file,
        offsets[index],
        offsets[index] + lengths[index],
        compression,
        (int) geometry.segmentBytes(index));
  }

  private static void requireKnownSamples(TiffDirectory directory) throws ImageDecodeException {
    require(!directory.isStrange(), "fields that occur twice or are of an unknown type");
    require(directory.allAre(TiffTag.SAMPLE_FORMAT, 1), "samples that are not unsigned integers");
    require(directory.allAre(TiffTag.FILL_ORDER, 1), "bits in an unusual order");
    require(
        directory.allAre(TiffTag.IMAGE_DEPTH, 1) && directory.allAre(TiffTag.TILE_DEPTH, 1),
        "a volume");
    long photometric = directory.number(TiffTag.PHOTOMETRIC, PALETTE + 1);
    require(photometric <= PALETTE, "an unusual colour space");
    long colors = photometric == RGB ? 3 : 1;
    long samples = directory.number(TiffTag.SAMPLES_PER_PIXEL, 1);
    long[] extra = directory.numbers(TiffTag.EXTRA_SAMPLES);
    require(
        samples == colors && extra.length == 0
            || samples == colors + 1 && extra.length == 1 && extra[0] == PLAIN_ALPHA,
        "more samples than colour and plain alpha");
    require(photometric != PALETTE || samples == 1, "alpha beside a palette");
  }

  private static TiffGeometry geometry(TiffDirectory directory, DecodeLimits limits)
      throws ImageDecodeException {
    int samples = (int) directory.number(TiffTag.SAMPLES_PER_PIXEL, 1);
    long[] depths = directory.numbers(TiffTag.BITS_PER_SAMPLE);
    long bits = depths.length == 0 ? 1 : depths[0];
    require(directory.allAre(TiffTag.BITS_PER_SAMPLE, bits), "samples of different depths");
    long photometric = directory.number(TiffTag.PHOTOMETRIC, RGB);
    boolean small = samples == 1 && (bits == 1 || bits == 2 || bits == 4);
    require(small || bits == 8 || bits == 16 && photometric != PALETTE, "samples of odd depths");
    long width = directory.number(TiffTag.WIDTH, 0);
    long height = directory.number(TiffTag.HEIGHT, 0);
    limits.checkSize(width, height, samples * (bits == 16 ? 2 : 1));
    boolean tiled = directory.has(TiffTag.TILE_WIDTH);
    require(tiled == directory.has(TiffTag.TILE_OFFSETS), "tiles without a size");
    long segmentWidth = tiled ? directory.number(TiffTag.TILE_WIDTH, 0) : width;
    long segmentHeight =
        tiled
            ? directory.number(TiffTag.TILE_LENGTH, 0)
            : Math.min(height, directory.number(TiffTag.ROWS_PER_STRIP, height));
    limits.checkSize(segmentWidth, segmentHeight, samples * (bits == 16 ? 2 : 1));
    long planar = directory.number(TiffTag.PLANAR_CONFIGURATION, 1);
    require(planar == 1 || planar == 2, "an unusual planar configuration");
    return new TiffGeometry(
        directory.order() == ByteOrder.LITTLE_ENDIAN,
        (int) width,
        (int) height,
        samples,
        (int) bits,
        photometric == WHITE_IS_ZERO,
        planar == 2 && samples > 1,
        tiled,
        (int) segmentWidth,
        (int) segmentHeight);
  }

  private static Optional<SampleForm> form(TiffDirectory directory, TiffGeometry geometry)
      throws ImageDecodeException {
    if (directory.number(TiffTag.PHOTOMETRIC, 0) == PALETTE) {
      return Optional.of(palette(directory.numbers(TiffTag.COLOR_MAP), geometry.bits()));
    }
    return geometry.bits() < 8 ? Optional.of(SampleForm.ofGrey(geometry.bits())) : Optional.empty();
  }

  /** Whether the 16-bit colours of a palette, where there is one, are nothing but 8-bit ones. */
  static boolean hasPlainPalette(TiffDirectory directory) throws ImageDecodeException {
    long[] colors = directory.numbers(TiffTag.COLOR_MAP);
    return Arrays.stream(colors).allMatch(c -> c >> 8 == (c & 0xFF))
        || Arrays.stream(colors).allMatch(c -> (c & 0xFF) == 0);
  }

  /** A palette by the upper 8 bits of its colours. */
  private static SampleForm palette(long[] colors, int bits) throws ImageDecodeException {
    int entries = 1 << bits;
    require(colors.length == 3 * entries, "a palette that does not fit its samples");
    byte[] palette = new byte[colors.length];
    for (int i = 0; i < colors.length; i++) {
      palette[3 * (i % entries) + i / entries] = (byte) (colors[i] >> 8);
    }
    return SampleForm.ofPalette(palette, new byte[0]);
  }

  private static int[] segments(TiffDirectory directory, int ofStrips, int ofTiles, long expected)
      throws ImageDecodeException {
    require(!directory.has(ofStrips) || !directory.has(ofTiles), "both strips and tiles");
    long[] numbers = directory.numbers(directory.has(ofTiles) ? ofTiles : ofStrips);
    require(numbers.length == expected, "another number of segments than its size needs");
    int[] segments = new int[numbers.length];
    for (int i = 0; i < segments.length; i++) {
      if (numbers[i] > Integer.MAX_VALUE) {
        throw new ImageDecodeException(ErrorType.TRUNCATED, "the TIFF points beyond its end");
      }
      require(numbers[i] > 0, "segments that are left out");
      segments[i] = (int) numbers[i];
    }
    return segments;
  }

  private static void require(boolean condition, String otherwise) throws ImageDecodeException {
    if (!condition) {
      throw notOneRaster(otherwise);
    }
  }

  private static ImageDecodeException notOneRaster(String what) {
    return new ImageDecodeException(
        ErrorType.NOT_ONE_RASTER, "the TIFF has " + what + "; keep its original bytes");
  }
}
