package dev.darkroom.jobs.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** The demo's pictures: one of each kind that archives hold. The same every time. */
final class Drawings {
  private Drawings() {}

  /** All pictures, drawn now. */
  static List<Drawing> all() {
    return List.of(
        new Drawing("alpha", alpha()),
        new Drawing("gradient", gradient()),
        new Drawing("gradient-16-bit", deepGradient()),
        new Drawing("grey", grey()),
        new Drawing("hills", hills(640, 480, 11, 6)),
        new Drawing("hills-grainy", hills(512, 384, 23, 22)),
        new Drawing("noise", noise()),
        new Drawing("shapes", shapes()),
        new Drawing("text", text()),
        new Drawing("texture", texture()),
        new Drawing("tiny", gradient().getSubimage(40, 60, 3, 2)));
  }

  private static BufferedImage gradient() {
    return paint(256, 256, (x, y) -> rgb(x, y, 255 - (x + y) / 2));
  }

  private static BufferedImage deepGradient() {
    BufferedImage image = new BufferedImage(256, 192, BufferedImage.TYPE_USHORT_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, (x * 192 + y * 84) & 0xFFFF);
      }
    }
    return image;
  }

  private static BufferedImage grey() {
    Lattice lattice = new Lattice(5);
    BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.getRaster().setSample(x, y, 0, clamp(255 * lattice.fractal(x / 64.0, y / 64.0, 6)));
      }
    }
    return image;
  }

  /** What a camera might see: a sky, ridges that fade with distance, light, and grain. */
  private static BufferedImage hills(int width, int height, long seed, int grain) {
    Lattice land = new Lattice(seed);
    Lattice sensor = new Lattice(seed + 1);
    return paint(
        width,
        height,
        (x, y) -> {
          double up = 1 - (double) y / height;
          double cloud = land.fractal(x / 150.0, y / 60.0 + 900, 6);
          double red = 110 + 90 * cloud + 40 * (1 - up);
          double green = 150 + 70 * cloud + 20 * (1 - up);
          double blue = 215 + 30 * cloud - 40 * (1 - up);
          for (int ridge = 0; ridge < 4; ridge++) {
            double crest =
                0.65
                    - 0.15 * ridge
                    + 0.35 * (land.fractal(x / (200.0 - 30 * ridge), 50 * ridge, 5) - 0.5);
            if (up < crest) {
              double near = (ridge + 1) / 4.0;
              double light = land.fractal(x / 18.0, y / 9.0 + 300 * ridge, 5);
              red = red * (1 - near) + near * (40 + 90 * light);
              green = green * (1 - near) + near * (60 + 100 * light);
              blue = blue * (1 - near) + near * (35 + 50 * light);
            }
          }
          double shade = grain * (sensor.value(x, y, 0) + sensor.value(x, y, 1) - 1);
          double tint = grain * 0.3;
          return rgb(
              clamp(red + shade + tint * (sensor.value(x, y, 2) - 0.5)),
              clamp(green + shade + tint * (sensor.value(x, y, 3) - 0.5)),
              clamp(blue + shade + tint * (sensor.value(x, y, 4) - 0.5)));
        });
  }

  private static BufferedImage noise() {
    Lattice lattice = new Lattice(3);
    return paint(
        128,
        128,
        (x, y) ->
            rgb(
                (int) (256 * lattice.value(x, y, 0)),
                (int) (256 * lattice.value(x, y, 1)),
                (int) (256 * lattice.value(x, y, 2))));
  }

  private static BufferedImage texture() {
    Lattice lattice = new Lattice(7);
    return paint(
        384,
        256,
        (x, y) -> {
          double fibre = lattice.fractal(x / 3.0, y / 40.0, 4);
          double weave = ((x / 6 + y / 6) % 2 == 0) ? 0.12 : 0;
          double value = 60 + 160 * (0.7 * fibre + weave);
          return rgb(clamp(value * 1.05), clamp(value * 0.85), clamp(value * 0.6));
        });
  }

  private static BufferedImage shapes() {
    BufferedImage image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = smooth(image);
    graphics.setColor(new Color(0xF4F1DE));
    graphics.fillRect(0, 0, 400, 300);
    int[] colors = {0xE07A5F, 0x3D405B, 0x81B29A, 0xF2CC8F};
    for (int i = 0; i < 14; i++) {
      graphics.setColor(new Color(colors[i % colors.length]));
      graphics.fill(
          new Ellipse2D.Double(27 * i, 20 + 37 * (i * 5 % 7), 30 + 4 * i, 24 + 5 * (i % 5)));
    }
    Path2D star = new Path2D.Double();
    star.moveTo(200, 30);
    star.lineTo(330, 260);
    star.lineTo(60, 110);
    star.lineTo(350, 120);
    star.lineTo(90, 270);
    star.closePath();
    graphics.setColor(new Color(0x1D3557));
    graphics.draw(star);
    graphics.dispose();
    return image;
  }

  private static BufferedImage text() {
    BufferedImage image = new BufferedImage(360, 160, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 360, 160);
    graphics.setColor(new Color(0x222222));
    String[] lines = {"darkroom", "is one dim little room", "dots and letters", "and later a lens"};
    for (int i = 0; i < lines.length; i++) {
      Glyphs.draw(graphics, lines[i], 12, 14 + 36 * i, i == 0 ? 4 : 2);
    }
    graphics.dispose();
    return image;
  }

  private static BufferedImage alpha() {
    BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = smooth(image);
    for (int i = 0; i < 9; i++) {
      graphics.setColor(new Color(40 + 20 * i, 200 - 15 * i, 120, 60 + 20 * i));
      graphics.fill(new Ellipse2D.Double(12 * i, 9 * i, 190 - 18 * i, 160 - 12 * i));
    }
    graphics.dispose();
    return image;
  }

  private static Graphics2D smooth(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return graphics;
  }

  private static BufferedImage paint(int width, int height, Painter painter) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, painter.at(x, y));
      }
    }
    return image;
  }

  private static int rgb(int red, int green, int blue) {
    return red << 16 | green << 8 | blue;
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, value));
  }

  /** The colour of a pixel. */
  private interface Painter {
    int at(int x, int y);
  }
}
