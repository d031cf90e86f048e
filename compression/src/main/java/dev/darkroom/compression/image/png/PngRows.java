package dev.darkroom.compression.image.png;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.png.PngHeader.Pass;

/**
 * Between the unfiltered lines of a PNG file and a raster of the numbers in them: palette indices
 * and shallow grey as they are, a byte each.
 *
 * <p>Whatever the palette and the transparency are, so that the numbers of a file whose palette is
 * damaged survive too.
 */
public final class PngRows {
  private final PngHeader header;

  /** The conversion that a header calls for. */
  public PngRows(PngHeader header) {
    this.header = header;
  }

  /** The channels of the raster, 1 to 4. */
  public int channels() {
    return header.storedChannels();
  }

  /** The bits per sample of the raster, 8 or 16. */
  public int bitDepth() {
    return Math.max(8, header.depth());
  }

  /** The raster of unfiltered lines. */
  public RasterImage toRaster(byte[] lines) {
    int pixelBytes = channels() * bitDepth() / 8;
    byte[] samples =
        new byte[Math.toIntExact((long) header.width() * header.height() * pixelBytes)];
    walk(
        (line, count, pixel, step) -> {
          if (header.depth() < 8) {
            for (int i = 0; i < count; i++) {
              samples[pixel + i * step] = (byte) readBits(lines, line, i);
            }
          } else if (step == 1) {
            System.arraycopy(lines, line, samples, pixel * pixelBytes, count * pixelBytes);
          } else {
            for (int i = 0; i < count; i++) {
              System.arraycopy(
                  lines,
                  line + i * pixelBytes,
                  samples,
                  (pixel + i * step) * pixelBytes,
                  pixelBytes);
            }
          }
        });
    return new RasterImage(header.width(), header.height(), channels(), bitDepth(), samples);
  }

  /**
   * The unfiltered lines of a raster, with filter type 0 and zeros for bits of no pixel.
   *
   * @param raster with this object's channels and bit depth, and the header's size
   */
  public byte[] toLines(RasterImage raster) {
    byte[] lines = new byte[Math.toIntExact(header.lineBytes())];
    int pixelBytes = channels() * bitDepth() / 8;
    byte[] samples = raster.samples();
    walk(
        (line, count, pixel, step) -> {
          if (header.depth() < 8) {
            for (int i = 0; i < count; i++) {
              writeBits(lines, line, i, samples[pixel + i * step]);
            }
          } else if (step == 1) {
            System.arraycopy(samples, pixel * pixelBytes, lines, line, count * pixelBytes);
          } else {
            for (int i = 0; i < count; i++) {
              System.arraycopy(
                  samples,
                  (pixel + i * step) * pixelBytes,
                  lines,
                  line + i * pixelBytes,
                  pixelBytes);
            }
          }
        });
    return lines;
  }

  private interface Run {
    /**
     * All pixels of a line.
     *
     * @param line where the line's bytes begin, after its filter type
     * @param count how many
     * @param pixel the number of the first in the raster
     * @param step from one to the next in the raster
     */
    void accept(int line, int count, int pixel, int step);
  }

  private void walk(Run run) {
    int line = 0;
    for (Pass pass : header.passes()) {
      int length = (int) header.rowBytes(pass.width());
      for (int row = 0; row < pass.height(); row++) {
        int y = pass.firstRow() + row * pass.rowStep();
        run.accept(
            line + 1, pass.width(), y * header.width() + pass.firstColumn(), pass.columnStep());
        line += 1 + length;
      }
    }
  }

  private int readBits(byte[] lines, int start, int column) {
    int bit = column * header.depth();
    int shift = 8 - header.depth() - bit % 8;
    return lines[start + bit / 8] >> shift & (1 << header.depth()) - 1;
  }

  private void writeBits(byte[] lines, int start, int column, int value) {
    int bit = column * header.depth();
    int shift = 8 - header.depth() - bit % 8;
    lines[start + bit / 8] |= (byte) ((value & (1 << header.depth()) - 1) << shift);
  }
}
