package dev.darkroom.jobs.scene;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Draws scenes, pixel by pixel, in arithmetic that every Java 17 or later does alike. Edges are
 * softened with 16 points to a pixel. A renderer may be used by many threads.
 */
public final class SceneRenderer {
  /** The most pixels of a side. */
  public static final int LARGEST = 2048;

  private static final int POINTS = 4;

  private final int scale;
  private final Map<Silhouette, Map<Magnitude, byte[]>> masks = new EnumMap<>(Silhouette.class);

  /**
   * A renderer for square pictures.
   *
   * @param size pixels of a side: a multiple of {@value Scene#GRID}, {@value Scene#GRID} to {@value
   *     #LARGEST}
   */
  public SceneRenderer(int size) {
    if (size < Scene.GRID || size > LARGEST || size % Scene.GRID != 0) {
      throw new IllegalArgumentException(
          "pictures of %d pixels a side: it must be a multiple of %d, at most %d"
              .formatted(size, Scene.GRID, LARGEST));
    }
    scale = size / Scene.GRID;
    for (Silhouette silhouette : Silhouette.values()) {
      Map<Magnitude, byte[]> bySize = new EnumMap<>(Magnitude.class);
      for (Magnitude magnitude : Magnitude.values()) {
        bySize.put(magnitude, mask(silhouette, magnitude.radius() * scale));
      }
      masks.put(silhouette, bySize);
    }
  }

  /** The pixels of a side. */
  public int size() {
    return scale * Scene.GRID;
  }

  /** A scene as a picture without alpha. */
  public BufferedImage image(Scene scene) {
    return image(scene, 0, 0);
  }

  /**
   * A scene whose textures lie elsewhere on their objects.
   *
   * @param right cells that textures are moved to the right
   * @param down cells that they are moved down
   */
  public BufferedImage image(Scene scene, int right, int down) {
    int size = size();
    int[] pixels = new int[size * size];
    paintGround(scene, pixels);
    for (Group group : scene.groups()) {
      for (Place place : group.places()) {
        paint(group.look(), place, right, down, pixels);
      }
    }
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, size, size, pixels, 0, size);
    return image;
  }

  /** A scene as a PNG file. */
  public byte[] png(Scene scene) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(scene), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a PNG in memory", e);
    }
    return bytes.toByteArray();
  }

  private void paintGround(Scene scene, int[] pixels) {
    int size = size();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int shade = scene.style().shade(x / scale, y / scale, scene.grain());
        pixels[y * size + x] = shaded(scene.ground().rgb(), shade);
      }
    }
  }

  private void paint(Look look, Place place, int right, int down, int[] pixels) {
    int radius = look.magnitude().radius() * scale;
    int rim = look.magnitude().radius() / 12 * scale;
    int side = 2 * radius;
    byte[] mask = masks.get(look.silhouette()).get(look.magnitude());
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int covered = mask[y * side + x];
        if (covered > 0) {
          boolean accented =
              look.texture()
                      .accented(
                          (x + 0.5 - radius) / scale - right, (y + 0.5 - radius) / scale - down)
                  && isInside(mask, side, x, y, rim);
          int at = (place.y() * scale - radius + y) * size() + place.x() * scale - radius + x;
          int color = accented ? look.hue().accent() : look.hue().rgb();
          pixels[at] = blended(pixels[at], color, covered);
        }
      }
    }
  }

  /** Whether a pixel lies so far from the outline that textures may show. */
  private static boolean isInside(byte[] mask, int side, int x, int y, int rim) {
    return x >= rim
        && y >= rim
        && x + rim < side
        && y + rim < side
        && mask[y * side + x - rim] > 0
        && mask[y * side + x + rim] > 0
        && mask[(y - rim) * side + x] > 0
        && mask[(y + rim) * side + x] > 0;
  }

  /** How many of each pixel's points an outline holds. */
  private static byte[] mask(Silhouette silhouette, int radius) {
    int side = 2 * radius;
    byte[] mask = new byte[side * side];
    for (int i = 0; i < mask.length; i++) {
      for (int point = 0; point < POINTS * POINTS; point++) {
        double x = i % side + (point % POINTS + 0.5) / POINTS;
        double y = Math.floorDiv(i, side) + (Math.floorDiv(point, POINTS) + 0.5) / POINTS;
        if (silhouette.contains(x / radius - 1, y / radius - 1)) {
          mask[i]++;
        }
      }
    }
    return mask;
  }

  private static int shaded(int rgb, int shade) {
    int result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int value = (rgb >> shift & 0xFF) + shade;
      result |= Math.max(0, Math.min(255, value)) << shift;
    }
    return result;
  }

  private static int blended(int under, int over, int covered) {
    int whole = POINTS * POINTS;
    int result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      int sum = (under >> shift & 0xFF) * (whole - covered) + (over >> shift & 0xFF) * covered;
      result |= (sum + whole / 2) / whole << shift;
    }
    return result;
  }
}
