package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.curation.figures.Sample.Picture;
import dev.darkroom.recaption.image.Resampler;
import dev.darkroom.recaption.image.ResamplingFilter;
import dev.darkroom.recaption.image.RgbImage;
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
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image.picture(), null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
