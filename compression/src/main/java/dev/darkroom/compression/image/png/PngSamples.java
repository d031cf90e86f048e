package dev.darkroom.compression.image.png;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.SampleForm;
import dev.darkroom.compression.image.png.PngHeader.Pass;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The unfiltered rows of a PNG file, of a raster of the picture as it is seen: for archives that
 * were written before palettes were kept by their indices.
 *
 * <p>Palettes became RGB, or RGBA where there is a tRNS chunk; grey of 1, 2 and 4 bits was scaled
 * to 8 so that white stayed white; the transparent colour of a tRNS chunk became an alpha channel.
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
    Optional<SampleForm> form = PngForm.of(file);
    palette = form.map(SampleForm::palette).orElse(NONE);
    transparency = form.map(SampleForm::transparency).orElse(NONE);
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
   * The unfiltered lines of a raster, with filter type 0 and zeros where the file may hold what the
   * raster does not tell: unused bits, and which of several equal palette entries was meant.
   *
   * @param raster the picture as it is seen
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

  private void writeBits(byte[] lines, int start, int column, int value) {
    int bit = column * header.depth();
    int shift = 8 - header.depth() - bit % 8;
    lines[start + bit / 8] |= (byte) (value << shift);
  }
}
