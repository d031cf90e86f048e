package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.curation.figures.Sample.Picture;
import dev.darkroom.recaption.image.Resampler;
import dev.darkroom.recaption.image.ResamplingFilter;
import dev.darkroom.recaption.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes a JPEG of at most 256 pixels a side that a page can hold. */
final class SmallPicture {
  /** The longer side of a picture, in pixels. */
  static final int SIDE = 256;

  private static final float QUALITY = 0.8f;

  private SmallPicture() {}

  static Picture of(RgbImage image) {
    int longer = Math.max(image.width(), image.height());
    int width = scaled(image.width(), longer);
    int height = scaled(image.height(), longer);
    RgbImage small = Resampler.resize(image, width, height, ResamplingFilter.BICUBIC);
    return new Picture(
        "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(small)),
        width,
        height,
        "");
  }

  private static int scaled(int side, int longer) {
    return longer <= SIDE ? side : Math.max(1, (int) Math.round((double) side * SIDE / longer));
  }

  private static byte[] jpeg(RgbImage image) {
    BufferedImage pixels =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] samples = image.samples();
    for (int y = 0, i = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++, i += RgbImage.CHANNELS) {
        pixels.setRGB(
            x,
            y,
            (samples[i] & 0xFF) << 16 | (samples[i + 1] & 0xFF) << 8 | (samples[i + 2] & 0xFF));
      }
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(pixels, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
