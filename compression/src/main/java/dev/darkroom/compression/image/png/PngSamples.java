package dev.darkroom.compression.image.png;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.png.PngHeader.Pass;
import java.util.HashMap;
import java.util.Map;

/**
 * Between the unfiltered rows of a PNG file and a raster.
 *
 * <p>Palettes become RGB, or RGBA where there is a tRNS chunk; grey of 1, 2 and 4 bits is scaled to
 * 8 so that white stays white; the transparent colour of a tRNS chunk becomes an alpha channel.
 */
public final class PngSamples {
  private static final byte[] NONE = {};

  private final PngHeader header;
  private final byte[] palette;

  /** The content of tRNS: alpha by palette index, or the transparent colour; empty without one. */
  private final byte[] transparency;

  /** The conversion that a file's header, palette and transparency call for. */
  public PngSamples(PngFile file) throws ImageDecodeException {
    header = file.header();
    palette =
        header.colorType() == PngHeader.PALETTE
            ? file.find("PLTE").map(PngChunk::data).orElse(NONE)
            : NONE;
    transparency = file.find("tRNS").map(PngChunk::data).orElse(NONE);
    if (file.find("tRNS").isPresent() && !isValidTransparency()) {
      throw new ImageDecodeException(ErrorType.CORRUPT, "not a valid PNG: tRNS is malformed");
    }
  }

  private boolean isValidTransparency() {
    return switch (header.colorType()) {
      case PngHeader.GREY -> transparency.length == 2;
      case PngHeader.RGB -> transparency.length == 6;
      case PngHeader.PALETTE ->
          transparency.length >= 1 && transparency.length <= palette.length / 3;
      default -> false;
    };
  }

  /** The channels of the raster, 1 to 4. */
  public int channels() {
    int alpha = transparency.length > 0 ? 1 : 0;
    return (header.colorType() == PngHeader.PALETTE ? 3 : header.storedChannels()) + alpha;
  }

  /** The bits per sample of the raster, 8 or 16. */
  public int bitDepth() {
    return Math.max(8, header.depth());
  }

  /**
   * The raster of unfiltered lines.
   *
   * @throws ImageDecodeException of type {@code CORRUPT} where a palette index has no entry
   */
  public RasterImage toRaster(byte[] lines) throws ImageDecodeException {
    int pixelBytes = channels() * bitDepth() / 8;
    byte[] samples =
        new byte[Math.toIntExact((long) header.width() * header.height() * pixelBytes)];
    int line = 0;
    for (Pass pass : header.passes()) {
      int length = (int) header.rowBytes(pass.width());
      for (int row = 0; row < pass.height(); row++) {
        int y = pass.firstRow() + row * pass.rowStep();
        for (int column = 0; column < pass.width(); column++) {
          int x = pass.firstColumn() + column * pass.columnStep();
          int target = (y * header.width() + x) * pixelBytes;
          readPixel(lines, line + 1, column, samples, target);
        }
        line += 1 + length;
      }
    }
    return new RasterImage(header.width(), header.height(), channels(), bitDepth(), samples);
  }

  /**
   * The unfiltered lines of a raster, with filter type 0 and zeros where the file may hold what the
   * raster does not tell: unused bits, and which of several equal palette entries was meant.
   *
   * @param raster as {@link #toRaster} returns it
   */
  public byte[] toLines(RasterImage raster) {
    Map<Integer, Integer> indices = paletteIndices();
    byte[] lines = new byte[Math.toIntExact(header.lineBytes())];
    int pixelBytes = channels() * bitDepth() / 8;
    int line = 0;
    for (Pass pass : header.passes()) {
      int length = (int) header.rowBytes(pass.width());
      for (int row = 0; row < pass.height(); row++) {
        int y = pass.firstRow() + row * pass.rowStep();
        for (int column = 0; column < pass.width(); column++) {
          int x = pass.firstColumn() + column * pass.columnStep();
          int source = (y * header.width() + x) * pixelBytes;
          writePixel(raster.samples(), source, indices, lines, line + 1, column);
        }
        line += 1 + length;
      }
    }
    return lines;
  }

  private void readPixel(byte[] lines, int start, int column, byte[] samples, int target)
      throws ImageDecodeException {
    if (header.depth() >= 8 && header.colorType() != PngHeader.PALETTE) {
      int stored = header.filterDistance();
      int source = start + column * stored;
      System.arraycopy(lines, source, samples, target, stored);
      if (transparency.length > 0) {
        boolean opaque = !isTransparent(lines, source, stored);
        for (int i = 0; i < bitDepth() / 8; i++) {
          samples[target + stored + i] = (byte) (opaque ? 0xFF : 0);
        }
      }
      return;
    }
    int value = readBits(lines, start, column);
    if (header.colorType() == PngHeader.PALETTE) {
      readPaletteEntry(value, samples, target);
      return;
    }
    samples[target] = (byte) (value * greyScale());
    if (transparency.length > 0) {
      int key = transparency[1] & (1 << header.depth()) - 1;
      samples[target + 1] = (byte) (value == key ? 0 : 0xFF);
    }
  }

  private void readPaletteEntry(int index, byte[] samples, int target) throws ImageDecodeException {
    if (3 * index >= palette.length) {
      throw new ImageDecodeException(
          ErrorType.CORRUPT, "not a valid PNG: the palette has no entry " + index);
    }
    System.arraycopy(palette, 3 * index, samples, target, 3);
    if (transparency.length > 0) {
      samples[target + 3] = index < transparency.length ? transparency[index] : (byte) 0xFF;
    }
  }

  private boolean isTransparent(byte[] lines, int source, int stored) {
    for (int i = 0; i < stored; i++) {
      // tRNS has two bytes a sample whatever the depth; of shorter samples the low byte counts
      if (lines[source + i] != transparency[header.depth() == 16 ? i : 2 * i + 1]) {
        return false;
      }
    }
    return true;
  }

  private void writePixel(
      byte[] samples,
      int source,
      Map<Integer, Integer> indices,
      byte[] lines,
      int start,
      int column) {
    if (header.colorType() == PngHeader.PALETTE) {
      int color = color(samples, source, transparency.length > 0);
      writeBits(lines, start, column, indices.getOrDefault(color, 0));
    } else if (header.depth() < 8) {
      writeBits(lines, start, column, (samples[source] & 0xFF) / greyScale());
    } else {
      int stored = header.filterDistance();
      System.arraycopy(samples, source, lines, start + column * stored, stored);
    }
  }

  private Map<Integer, Integer> paletteIndices() {
    Map<Integer, Integer> indices = new HashMap<>();
    for (int i = 0; 3 * i < palette.length; i++) {
      int alpha =
          transparency.length == 0 || i >= transparency.length ? 0xFF : transparency[i] & 0xFF;
      indices.putIfAbsent(color(palette, 3 * i, false) & 0xFFFFFF | alpha << 24, i);
    }
    return indices;
  }

  private static int color(byte[] samples, int at, boolean hasAlpha) {
    int alpha = hasAlpha ? samples[at + 3] & 0xFF : 0xFF;
    return alpha << 24
        | (samples[at] & 0xFF) << 16
        | (samples[at + 1] & 0xFF) << 8
        | samples[at + 2] & 0xFF;
  }

  private int greyScale() {
    return 255 / ((1 << header.depth()) - 1);
  }

  private int readBits(byte[] lines, int start, int column) {
    int bit = column * header.depth();
    int shift = 8 - header.depth() - bit % 8;
    return lines[start + bit / 8] >> shift & (1 << header.depth()) - 1;
  }

  private void writeBits(byte[] lines, int start, int column, int value) {
    int bit = column * header.depth();
    int shift = 8 - header.depth() - bit % 8;
    lines[start + bit / 8] |= (byte) (value << shift);
  }
}
