package dev.darkroom.compression.image;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The samples of an image that an ImageIO reader decodes, taken from its raster so that no colour
 * space gets at them. Palettes become RGB or RGBA, or grey where all entries are grey.
 */
final class ImageIoRaster {
  /** What ImageIO readers use at most for a pixel while decoding. */
  private static final int BYTES_PER_PIXEL = 8;

  private ImageIoRaster() {}

  /** Reads the first image of a file. */
  static RasterImage read(ImageReaderSpi provider, byte[] file, DecodeLimits limits)
      throws IOException, ImageDecodeException {
    return read(provider, file, limits, null);
  }

  /** Reads the first image of a file, and tells somebody what the reader warns of, if not null. */
  static RasterImage read(
      ImageReaderSpi provider, byte[] file, DecodeLimits limits, IIOReadWarningListener listener)
      throws IOException, ImageDecodeException {
    ImageReader reader = provider.createReaderInstance();
    try (DeadlineInput in = new DeadlineInput(file)) {
      reader.addIIOReadWarningListener(listener);
      reader.setInput(in, false, true);
      limits.checkSize(reader.getWidth(0), reader.getHeight(0), BYTES_PER_PIXEL);
      return toRaster(reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  private static RasterImage toRaster(BufferedImage image) throws ImageDecodeException {
    ColorModel colors = image.getColorModel();
    if (colors instanceof IndexColorModel palette) {
      return fromPalette(image.getRaster(), palette);
    }
    if (colors instanceof DirectColorModel && colors.getColorSpace().isCS_sRGB()) {
      return fromPacked(image);
    }
    if (colors instanceof ComponentColorModel && !isPremultiplied(colors)) {
      return fromBands(image.getRaster(), colors);
    }
    throw notOneRaster("samples of an unusual layout: " + colors);
  }

  private static boolean isPremultiplied(ColorModel colors) {
    return colors.hasAlpha() && colors.isAlphaPremultiplied();
  }

  private static RasterImage fromPalette(Raster raster, IndexColorModel palette)
      throws ImageDecodeException {
    boolean alpha = palette.hasAlpha();
    boolean grey = !alpha;
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    for (int color : colors) {
      grey &= (color >> 16 & 0xFF) == (color & 0xFF) && (color >> 8 & 0xFF) == (color & 0xFF);
    }
    int channels = grey ? 1 : alpha ? 4 : 3;
    int width = raster.getWidth();
    byte[] samples = new byte[Math.multiplyExact(width * raster.getHeight(), channels)];
    int[] row = new int[width];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        if (index >= colors.length) {
          throw new ImageDecodeException(ErrorType.CORRUPT, "the palette has no entry " + index);
        }
        target = put(samples, target, colors[index], channels);
      }
    }
    return new RasterImage(width, raster.getHeight(), channels, 8, samples);
  }

  private static RasterImage fromPacked(BufferedImage image) {
    int channels = image.getColorModel().hasAlpha() ? 4 : 3;
    int width = image.getWidth();
    byte[] samples = new byte[Math.multiplyExact(width * image.getHeight(), channels)];
    int[] row = new int[width];
    int target = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int color : row) {
        target = put(samples, target, color, channels);
      }
    }
    return new RasterImage(width, image.getHeight(), channels, 8, samples);
  }

  private static int put(byte[] samples, int target, int color, int channels) {
    int next = target;
    if (channels == 1) {
      samples[next++] = (byte) color;
      return next;
    }
    samples[next++] = (byte) (color >> 16);
    samples[next++] = (byte) (color >> 8);
    samples[next++] = (byte) color;
    if (channels == 4) {
      samples[next++] = (byte) (color >>> 24);
    }
    return next;
  }

  private static RasterImage fromBands(Raster raster, ColorModel colors)
      throws ImageDecodeException {
    int channels = raster.getNumBands();
    int type = raster.getDataBuffer().getDataType();
    int depth = type == DataBuffer.TYPE_BYTE ? 8 : 16;
    if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT || channels > 4) {
      throw notOneRaster("samples that are not 8 or 16-bit integers, or over 4 channels");
    }
    for (int bits : colors.getComponentSize()) {
      if (bits != depth) {
        throw notOneRaster("samples of " + bits + " bits");
      }
    }
    int width = raster.getWidth();
    byte[] samples = new byte[Math.multiplyExact(width * raster.getHeight(), channels * depth / 8)];
    int[] row = new int[width * channels];
    int target = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int sample : row) {
        if (depth == 16) {
          samples[target++] = (byte) (sample >> 8);
        }
        samples[target++] = (byte) sample;
      }
    }
    return new RasterImage(width, raster.getHeight(), channels, depth, samples);
  }

  private static ImageDecodeException notOneRaster(String reason) {
    return new ImageDecodeException(
        ErrorType.NOT_ONE_RASTER, "the image has " + reason + "; keep its original bytes");
  }
}
