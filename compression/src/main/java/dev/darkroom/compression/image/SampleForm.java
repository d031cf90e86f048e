package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What the samples of a raster stand for, where they are not the picture as it is seen: indices
 * into a palette, grey of less than 8 bits, one colour that is transparent. As PNG has it (ISO/IEC
 * 15948, third edition, 11.2.2 and 11.3.1.1), so that a PNG file can say the same.
 *
 * @param bitDepth bits of a sample as the file stores it: 1, 2, 4 or 8 with a palette or where the
 *     raster is grey, 8 or 16 elsewhere; no sample of the raster needs more
 * @param palette the colours of a palette, 3 bytes (red, green, blue) for each of 1 to 256 entries;
 *     empty where samples are grey or colours
 * @param transparency with a palette, the alpha of its first entries, a byte each, all others being
 *     opaque; else the transparent colour, 2 bytes (big endian) for each of its 1 or 3 samples;
 *     empty where all is opaque, or says so itself
 */
public record SampleForm(int bitDepth, byte[] palette, byte[] transparency) {
  private static final byte[] NONE = {};
  private static final int MOST_ENTRIES = 256;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming what is out of its range
   */
  public SampleForm {
    Objects.requireNonNull(palette, "palette");
    Objects.requireNonNull(transparency, "transparency");
    boolean depth =
        bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
    if (!depth || palette.length > 0 && bitDepth == 16) {
      throw new IllegalArgumentException(
          "bitDepth must be 1, 2, 4 or 8, or 16 without a palette, not " + bitDepth);
    }
    if (palette.length % 3 != 0 || palette.length > 3 * MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "a palette has 3 bytes for each of 1 to 256 entries, not " + palette.length);
    }
    int length = transparency.length;
    if (palette.length > 0
        ? length > palette.length / 3
        : length != 0 && length != 2 && length != 6) {
      throw new IllegalArgumentException("transparency can't have " + length + " bytes");
    }
  }

  /**
   * Indices into a palette, at the least bit depth that holds all of its entries.
   *
   * @param colors 3 bytes for each of 1 to 256 entries
   * @param alphas the alpha of the first entries, as many as are not opaque; may be empty
   */
  public static SampleForm ofPalette(byte[] colors, byte[] alphas) {
    int entries = colors.length / 3;
    int depth = entries <= 2 ? 1 : entries <= 4 ? 2 : entries <= 16 ? 4 : 8;
    return new SampleForm(depth, colors, alphas);
  }

  /**
   * Indices into a palette, or nothing where each index is its own grey, or there is no palette.
   *
   * @param colors 3 bytes for each of 0 to 256 entries
   * @param alphas as {@link #ofPalette} takes them
   */
  public static Optional<SampleForm> ofColors(byte[] colors, byte[] alphas) {
    boolean grey = alphas.length == 0 && colors.length == 3 * MOST_ENTRIES;
    for (int i = 0; grey && i < colors.length; i++) {
      grey = colors[i] == (byte) (i / 3);
    }
    return grey || colors.length == 0 ? Optional.empty() : Optional.of(ofPalette(colors, alphas));
  }

  /** Grey of 1, 2 or 4 bits, 0 black and the greatest number white. */
  public static SampleForm ofGrey(int bitDepth) {
    return new SampleForm(bitDepth, NONE, NONE);
  }

  /** Whether samples are indices into a palette. */
  public boolean isPalette() {
    return palette.length > 0;
  }

  /** The channels of the picture as seen, of a raster with so many: 1 to 4. */
  public int shownChannels(int channels) {
    return (isPalette() ? 3 : channels) + (transparency.length > 0 ? 1 : 0);
  }

  /**
   * Checks that a raster's samples are of this form.
   *
   * @throws ImageDecodeException of type {@code CORRUPT} where an index has no entry in the
   *     palette, or a sample needs more bits
   */
  public void check(RasterImage raster) throws ImageDecodeException {
    int sample = firstBeyond(raster);
    if (sample >= 0) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT,
          (isPalette() ? "the palette has no entry " : "the depth does not allow the sample ")
              + sample);
    }
  }

  private int firstBeyond(RasterImage raster) {
    int most = isPalette() ? palette.length / 3 : 1 << Math.min(8, bitDepth);
    for (int i = 0; most < MOST_ENTRIES && i < raster.samples().length; i++) {
      int sample = raster.samples()[i] & 0xFF;
      if (sample >= most) {
        return sample;
      }
    }
    return -1;
  }

  /** Whether this can be a raster's form: its bit depth, channels and samples are within it. */
  public boolean fits(RasterImage raster) {
    boolean depth = raster.bitDepth() == Math.max(8, bitDepth);
    boolean one = bitDepth >= 8 && !isPalette() || raster.channels() == 1;
    boolean key =
        isPalette() || transparency.length == 0 || transparency.length == 2 * raster.channels();
    return depth && one && key && firstBeyond(raster) < 0;
  }

  /**
   * The picture as it is seen: colours looked up, grey scaled to 8 bits so that white is white,
   * transparency as an alpha channel. An index without an entry is black.
   */
  public RasterImage show(RasterImage raster) {
    int pixels = raster.width() * raster.height();
    int channels = shownChannels(raster.channels());
    int sampleBytes = raster.bitDepth() / 8;
    byte[] shown = new byte[Math.multiplyExact(pixels, channels * sampleBytes)];
    int stored = raster.channels() * sampleBytes;
    for (int i = 0; i < pixels; i++) {
      if (isPalette()) {
        showEntry(raster.samples()[i] & 0xFF, shown, i * channels);
      } else {
        showPixel(raster.samples(), i * stored, stored, shown, i * channels * sampleBytes);
      }
    }
    return new RasterImage(raster.width(), raster.height(), channels, raster.bitDepth(), shown);
  }

  private void showEntry(int index, byte[] shown, int target) {
    if (3 * index < palette.length) {
      System.arraycopy(palette, 3 * index, shown, target, 3);
    }
    if (transparency.length > 0) {
      shown[target + 3] = index < transparency.length ? transparency[index] : (byte) 0xFF;
    }
  }

  private void showPixel(byte[] samples, int source, int stored, byte[] shown, int target) {
    if (bitDepth < 8) {
      shown[target] = (byte) (samples[source] * (255 / ((1 << bitDepth) - 1)));
    } else {
      System.arraycopy(samples, source, shown, target, stored);
    }
    if (transparency.length > 0) {
      byte alpha = (byte) (isTransparent(samples, source, stored) ? 0 : 0xFF);
      shown[target + stored] = alpha;
      if (bitDepth == 16) {
        shown[target + stored + 1] = alpha;
      }
    }
  }

  private boolean isTransparent(byte[] samples, int source, int stored) {
    int mask = bitDepth < 8 ? (1 << bitDepth) - 1 : 0xFF;
    for (int i = 0; i < stored; i++) {
      // the key has two bytes a sample whatever the depth; of shorter samples the low byte counts
      byte key = transparency[bitDepth == 16 ? i : 2 * i + 1];
      if (samples[source + i] != (byte) (key & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleForm that
        && bitDepth == that.bitDepth
        && Arrays.equals(palette, that.palette)
        && Arrays.equals(transparency, that.transparency);
  }

  @Override
  public int hashCode() {
    return Objects.hash(bitDepth, Arrays.hashCode(palette), Arrays.hashCode(transparency));
  }

  @Override
  public String toString() {
    return "SampleForm[%d bits, %d palette entries, %d bytes of transparency]"
        .formatted(bitDepth, palette.length / 3, transparency.length);
  }
}
