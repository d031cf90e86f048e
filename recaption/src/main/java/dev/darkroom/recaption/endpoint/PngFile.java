package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pixels as a PNG file. */
final class PngFile {
  private PngFile() {}

  /** The file's bytes. */
  static byte[] of(RgbImage pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
    int[] row = new int[pixels.width() * RgbImage.CHANNELS];
    for (int y = 0; y < pixels.height(); y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = pixels.samples()[y * row.length + i] & 0xff;
      }
      image.getRaster().setPixels(0, y, pixels.width(), 1, row);
    }
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
}
