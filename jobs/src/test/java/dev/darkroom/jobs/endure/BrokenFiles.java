package dev.darkroom.jobs.endure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Writes files that are nearly images: drawn ones that are cut off, have bits turned, runs removed,
 * repeated or put in from other files, and bytes of chance behind the beginnings of all formats. A
 * program for {@code bin/endure}; the same seed gives the same files.
 */
public final class BrokenFiles {
  private static final List<String> FORMATS = List.of("png", "jpg", "gif", "bmp", "tif");
  private static final int DRAWN = 12;
  private static final int MOST_CHANGES = 8;

  private final SplittableRandom random;
  private final List<byte[]> whole = new ArrayList<>();
  private final List<String> formats = new ArrayList<>();

  private BrokenFiles(long seed) throws IOException {
    this.random = new SplittableRandom(seed);
    for (String format : FORMATS) {
      for (int i = 0; i < DRAWN; i++) {
        whole.add(drawn(format));
        formats.add(format);
      }
    }
  }

  /**
   * Writes.
   *
   * @param args a folder, how many files, a seed, and files of further formats to break
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int count = Integer.parseInt(args[1]);
    BrokenFiles files = new BrokenFiles(Long.parseLong(args[2]));
    for (String more : Arrays.asList(args).subList(3, args.length)) {
      files.whole.add(Files.readAllBytes(Path.of(more)));
      files.formats.add(more.substring(more.lastIndexOf('.') + 1));
    }
    for (int i = 0; i < count; i++) {
      int from = i % files.whole.size();
      Path below = Files.createDirectories(folder.resolve("%02d".formatted(i / 500)));
      Files.write(
          below.resolve("%05d.%s".formatted(i, files.formats.get(from))), files.broken(from));
    }
  }

  private byte[] drawn(String format) throws IOException {
    int[] types =
        format.equals("jpg") || format.equals("bmp")
            ? new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}
            : new int[] {
              BufferedImage.TYPE_INT_RGB,
              BufferedImage.TYPE_BYTE_GRAY,
              BufferedImage.TYPE_INT_ARGB,
              BufferedImage.TYPE_BYTE_INDEXED,
              BufferedImage.TYPE_BYTE_BINARY
            };
    BufferedImage image =
        new BufferedImage(
            random.nextInt(1, 80), random.nextInt(1, 80), types[random.nextInt(types.length)]);
    Graphics2D pen = image.createGraphics();
    for (int i = 0; i < 12; i++) {
      pen.setColor(new Color(random.nextInt(1 << 24)));
      int x = random.nextInt(image.getWidth());
      int y = random.nextInt(image.getHeight());
      if (random.nextBoolean()) {
        pen.fillOval(x, y, 30, 20);
      } else {
        pen.drawLine(x, y, random.nextInt(80), random.nextInt(80));
      }
    }
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IllegalStateException("no writer of " + format + " for " + image);
    }
    return out.toByteArray();
  }

  private byte[] broken(int from) {
    byte[] file = whole.get(from).clone();
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> turned(file, 8 * file.length);
      case 2 -> turned(file, Math.min(8 * file.length, 8 * 128));
      case 3 -> spliced(file, whole.get(random.nextInt(whole.size())));
      case 4 -> without(file);
      case 5 -> repeated(file);
      case 6 -> beginningOf(file);
      default -> joined(file, chance(random.nextInt(1, 3000)));
    };
  }

  private byte[] turned(byte[] file, int bits) {
    int changes = random.nextInt(1, MOST_CHANGES + 1);
    for (int i = 0; i < changes; i++) {
      int bit = random.nextInt(bits);
      file[bit / 8] ^= (byte) (1 << bit % 8);
    }
    return file;
  }

  private byte[] spliced(byte[] file, byte[] other) {
    return joined(
        Arrays.copyOf(file, random.nextInt(file.length)),
        Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
  }

  private byte[] without(byte[] file) {
    int from = random.nextInt(file.length);
    int to = Math.min(file.length, from + random.nextInt(1, 64));
    return joined(Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length));
  }

  private byte[] repeated(byte[] file) {
    int from = random.nextInt(file.length);
    int to = Math.min(file.length, from + random.nextInt(1, 200));
    return joined(Arrays.copyOf(file, to), Arrays.copyOfRange(file, from, file.length));
  }

  private byte[] beginningOf(byte[] file) {
    return joined(
        Arrays.copyOf(file, Math.min(file.length, random.nextInt(40))),
        chance(random.nextInt(2000)));
  }

  private byte[] chance(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
