package dev.darkroom.recaption.endpoint;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.darkroom.recaption.CaptionFailure;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An image's samples at 8 bits: grey, RGB, or RGB and alpha. */
final class Pixels {
  private final BufferedImage image;

  private Pixels(BufferedImage image) {
    this.image = image;
  }

  /**
   * Decodes a file's first image.
   *
   * @throws UnsendableImageException where it can't be decoded or has too many pixels
   */
  static Pixels decode(byte[] file, ImageFormat format, ImageLimits limits)
      throws UnsendableImageException {
    ImageReader reader = reader(format);
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(input, true, true);
      limits.checkPixels(reader.getWidth(0), reader.getHeight(0));
      return new Pixels(toEightBits(reader.read(0)));
    } catch (IOException | RuntimeException e) {
      throw new UnsendableImageException(
          CaptionFailure.Type.UNREADABLE_IMAGE,
          "the " + format + " file can't be decoded: " + e + "; fetch it again");
    } finally {
      reader.dispose();
    }
  }

  /** The same pixels as a PNG file. */
  byte[] toPng() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(image);
    } catch (IOException e) {
      throw new IllegalStateException("a PNG file could not be written to memory", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** By name or by class, since the registry's class loader need not have seen these jars. */
  private static ImageReader reader(ImageFormat format) throws UnsendableImageException {
    return switch (format) {
      case TIFF -> new TIFFImageReaderSpi().createReaderInstance(null);
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
      case JPEG, PNG, GIF, BMP -> platformReader(format);
      case HEIF ->
          throw new UnsendableImageException(
              CaptionFailure.Type.UNREADABLE_IMAGE,
              "the file is AVIF or HEIC, which most servers can't read; convert it to JPEG");
    };
  }

  private static ImageReader platformReader(ImageFormat format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
    if (!readers.hasNext()) {
      throw new IllegalStateException(
          "this Java platform lacks its image readers; use one with the module java.desktop");
    }
    return readers.next();
  }

  /** Samples are scaled, not colour-managed: grey stays as bright as its numbers say. */
  private static BufferedImage toEightBits(BufferedImage source) {
    ColorModel model = source.getColorModel();
    int space = model.getColorSpace().getType();
    boolean plain =
        !(model instanceof IndexColorModel)
            && model.getTransferType() <= java.awt.image.DataBuffer.TYPE_USHORT;
    if (plain && space == ColorSpace.TYPE_GRAY && !model.hasAlpha()) {
      return scaled(source, BufferedImage.TYPE_BYTE_GRAY, 1);
    }
    if (plain && space == ColorSpace.TYPE_RGB && !model.hasAlpha()) {
      return scaled(source, BufferedImage.TYPE_3BYTE_BGR, 3);
    }
    if (plain && space == ColorSpace.TYPE_RGB && !model.isAlphaPremultiplied()) {
      return scaled(source, BufferedImage.TYPE_4BYTE_ABGR, 4);
    }
    return drawn(source, model.hasAlpha());
  }

  private static BufferedImage scaled(BufferedImage source, int type, int bands) {
    int width = source.getWidth();
    int height = source.getHeight();
    BufferedImage target = new BufferedImage(width, height, type);
    Raster from = source.getRaster();
    int[] row = new int[width];
    for (int band = 0; band < bands; band++) {
      int greatest = (1 << source.getColorModel().getComponentSize(band)) - 1;
      for (int y = 0; y < height; y++) {
        from.getSamples(0, y, width, 1, band, row);
        for (int x = 0; x < width; x++) {
          row[x] = (row[x] * 255 + greatest / 2) / greatest;
        }
        target.getRaster().setSamples(0, y, width, 1, band, row);
      }
    }
    return target;
  }

  private static BufferedImage drawn(BufferedImage source, boolean alpha) {
    BufferedImage target =
        new BufferedImage(
            source.getWidth(),
            source.getHeight(),
            alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = target.createGraphics();
    try {
      graphics.drawImage(source, 0, 0, null);
    } finally {
      graphics.dispose();
    }
    return target;
  }
}
