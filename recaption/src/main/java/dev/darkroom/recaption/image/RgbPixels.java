package dev.darkroom.recaption.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes red, green and blue out of what ImageIO decodes, past all colour management: palettes are
 * looked up, grey is repeated, alpha is left out.
 *
 * <p>16-bit samples follow Pillow: of colours and of grey with alpha the high byte is taken; grey
 * alone, which Pillow reads as a mode of its own, is cut off at 255.
 */
final class RgbPixels {
  private RgbPixels() {}

  /**
   * The pixels of an image.
   *
   * @param greyAlone whether the file has grey without alpha, whatever its reader adds
   */
  static RgbImage of(BufferedImage image, boolean greyAlone) throws ImageException {
    ColorModel colors = image.getColorModel();
    if (colors instanceof IndexColorModel palette) {
      return ofPalette(image.getRaster(), palette);
    }
    if (colors instanceof ComponentColorModel && !colors.isAlphaPremultiplied()) {
      return ofBands(image.getRaster(), greyAlone);
    }
    return ofPacked(image);
  }

  private static RgbImage ofPalette(Raster raster, IndexColorModel palette) throws ImageException {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    int width = raster.getWidth();
    byte[] samples = samples(width, raster.getHeight());
    int[] row = new int[width];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        if (index >= colors.length) {
          throw ImageException.unreadable(
              "the file is damaged: its palette of %d has no entry %d"
                  .formatted(colors.length, index));
        }
        target = put(samples, target, colors[index]);
      }
    }
    return new RgbImage(width, raster.getHeight(), samples);
  }

  private static RgbImage ofBands(Raster raster, boolean greyAlone) throws ImageException {
    int type = raster.getDataBuffer().getDataType();
    if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
      throw ImageException.unreadable(
          "the samples are neither 8-bit nor 16-bit integers; convert the image first");
    }
    int bands = raster.getNumBands();
    boolean grey = bands < RgbImage.CHANNELS;
    boolean cut = type == DataBuffer.TYPE_USHORT && (bands == 1 || greyAlone);
    int shift = type == DataBuffer.TYPE_USHORT && !cut ? 8 : 0;
    int width = raster.getWidth();
    byte[] samples = samples(width, raster.getHeight());
    int[] row = new int[width * bands];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int in = 0; in < row.length; in += bands) {
        for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
          int sample = row[grey ? in : in + channel] >> shift;
          samples[target++] = (byte) (cut ? Math.min(sample, 255) : sample);
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), samples);
  }

  private static RgbImage ofPacked(BufferedImage image) {
    int width = image.getWidth();
    byte[] samples = samples(width, image.getHeight());
    int[] row = new int[width];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int color : row) {
        target = put(samples, target, color);
      }
    }
    return new RgbImage(width, image.getHeight(), samples);
  }

  private static byte[] samples(int width, int height) {
    return new byte[Math.multiplyExact(Math.multiplyExact(width, height), RgbImage.CHANNELS)];
  }

  private static int put(byte[] samples, int target, int color) {
    samples[target] = (byte) (color >> 16);
    samples[target + 1] = (byte) (color >> 8);
    samples[target + 2] = (byte) color;
    return target + RgbImage.CHANNELS;
  }
}
