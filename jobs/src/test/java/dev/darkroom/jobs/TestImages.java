package dev.darkroom.jobs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small images that any codec can shrink. */
public final class TestImages {
  private TestImages() {}

  /** A file of a ramp that depends on the seed. */
  public static byte[] file(String format, int seed) {
    BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 48; x++) {
        int grain = (x * 7919 + y * 104729 + seed * 31) % 5;
        image.setRGB(x, y, (x * 4 + grain) << 16 | (y * 5 + seed % 40) << 8 | (x + y + grain));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return out.toByteArray();
  }

  /** A PNG file. */
  public static byte[] png(int seed) {
    return file("png", seed);
  }

  /** Writes PNG files {@code 00.png}, {@code 01.png} ... into a folder. */
  public static void write(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve("%02d.png".formatted(i)), png(i));
    }
  }
}
