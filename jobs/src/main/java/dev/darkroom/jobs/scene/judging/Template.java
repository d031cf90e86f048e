package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Ground;
import dev.darkroom.jobs.scene.Group;
import dev.darkroom.jobs.scene.Hue;
import dev.darkroom.jobs.scene.Layout;
import dev.darkroom.jobs.scene.Look;
import dev.darkroom.jobs.scene.Magnitude;
import dev.darkroom.jobs.scene.Place;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.SceneRenderer;
import dev.darkroom.jobs.scene.Silhouette;
import dev.darkroom.jobs.scene.Style;
import dev.darkroom.jobs.scene.Texture;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How an object of one shape and size covers a {@link Canvas}, whose pixels are two cells of the
 * scene's grid wide: taken from pictures that the renderer drew.
 *
 * <p>An object's middle lies on a crossing of the grid, so on or between pixels: a template has a
 * cover for each of the four cases, the phases.
 */
final class Template {
  private static final int CENTER = Scene.GRID / 2;
  private static final Ground GROUND = Ground.NAVY;
  private static final Hue HUE = Hue.WHITE;
  private static final int WHOLE = 16;

  private static final Map<Integer, List<Template>> BY_SIDE = new ConcurrentHashMap<>();

  private final Silhouette silhouette;
  private final Magnitude magnitude;
  private final int margin;
  private final Cover[] phases = new Cover[4];

  /** The least and greatest cells that are drawn, from the middle: left, top, right, bottom. */
  private final int[] bounds;

  /**
   * The cover in one phase.
   *
   * @param side pixels of a side, the margin that a {@link Spread} needs among them
   * @param whole the share of each pixel that the object covers, 0 to 1
   * @param accents by pattern, the share that has its second tone; at most {@code whole}
   */
  record Cover(int side, float[] whole, Map<Pattern, float[]> accents) {}

  private Template(
      Silhouette silhouette, Magnitude magnitude, SceneRenderer renderer, Spread spread) {
    this.silhouette = silhouette;
    this.magnitude = magnitude;
    this.margin = spread.margin();
    int side = 2 * magnitude.radius();
    int[] cover = new int[side * side];
    int[] solid = red(renderer, Pattern.of(Texture.SOLID));
    for (int i = 0; i < cover.length; i++) {
      cover[i] = Math.round((float) WHOLE * (solid[i] - ground()) / (main() - ground()));
    }
    float[] shares = new float[cover.length];
    for (int i = 0; i < cover.length; i++) {
      shares[i] = (float) cover[i] / WHOLE;
    }
    Map<Pattern, float[]> accents = new HashMap<>();
    for (Texture texture : Texture.values()) {
      for (Pattern pattern : Pattern.everywhere(texture)) {
        int[] drawn = red(renderer, pattern);
        float[] accented = new float[cover.length];
        for (int i = 0; i < cover.length; i++) {
          accented[i] = drawn[i] == solid[i] ? 0 : shares[i];
        }
        accents.put(pattern, spread.over(accented, side));
      }
    }
    float[] whole = spread.over(shares, side);
    for (int phase = 0; phase < phases.length; phase++) {
      phases[phase] = halved(whole, accents, side + 2 * margin, phase & 1, phase >> 1);
    }
    this.bounds = bounds(cover, side);
  }

  /** All shapes in all sizes, as pictures of so many pixels a side show them. */
  static List<Template> all(int side) {
    return BY_SIDE.computeIfAbsent(Math.min(side, Canvas.SIDE), pixels -> drawn(Spread.of(pixels)));
  }

  private static List<Template> drawn(Spread spread) {
    SceneRenderer renderer = new SceneRenderer(Scene.GRID);
    List<Template> all = new ArrayList<>();
    for (Silhouette silhouette : Silhouette.values()) {
      for (Magnitude magnitude : Magnitude.values()) {
        all.add(new Template(silhouette, magnitude, renderer, spread));
      }
    }
    return List.copyOf(all);
  }

  Silhouette silhouette() {
    return silhouette;
  }

  Magnitude magnitude() {
    return magnitude;
  }

  /** Half the side of its square, in cells. */
  int radius() {
    return magnitude.radius();
  }

  /** The cover of an object whose middle is at these cells. */
  Cover cover(int x, int y) {
    return phases[(x & 1) + 2 * (y & 1)];
  }

  /** The first pixel that its cover touches where its middle is at this cell. */
  int start(int cell) {
    return Math.floorDiv(cell - radius() - margin, 2);
  }

  /** Cells that are drawn, from the middle: left, top, right and bottom end. */
  int bound(int edge) {
    return bounds[edge];
  }

  /** The red samples of the square around an object in the picture's middle. */
  private int[] red(SceneRenderer renderer, Pattern pattern) {
    Look look = new Look(magnitude, pattern.texture(), HUE, silhouette);
    Group group = new Group(look, List.of(new Place(CENTER, CENTER)));
    BufferedImage image =
        renderer.image(
            new Scene(0, 0, GROUND, Style.FLAT, Layout.ALONE, List.of(group)),
            pattern.right(),
            pattern.down());
    int radius = radius();
    int[] rgb =
        image.getRGB(CENTER - radius, CENTER - radius, 2 * radius, 2 * radius, null, 0, 2 * radius);
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = rgb[i] >> 16 & 0xFF;
    }
    return rgb;
  }

  private static int ground() {
    return GROUND.rgb() >> 16 & 0xFF;
  }

  private static int main() {
    return HUE.rgb() >> 16 & 0xFF;
  }

  private static Cover halved(
      float[] cover, Map<Pattern, float[]> accents, int side, int right, int down) {
    int pixels = side / 2 + Math.max(right, down);
    Map<Pattern, float[]> halves = new HashMap<>();
    accents.forEach(
        (pattern, cells) -> halves.put(pattern, halved(cells, side, pixels, right, down)));
    return new Cover(pixels, halved(cover, side, pixels, right, down), halves);
  }

  private static float[] halved(float[] cells, int side, int pixels, int right, int down) {
    float[] result = new float[pixels * pixels];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int at = (y + down) / 2 * pixels + (x + right) / 2;
        result[at] += cells[y * side + x] / 4;
      }
    }
    return result;
  }

  private static int[] bounds(int[] cover, int side) {
    int[] bounds = {side, side, 0, 0};
    for (int i = 0; i < cover.length; i++) {
      if (cover[i] >= WHOLE / 2) {
        bounds[0] = Math.min(bounds[0], i % side);
        bounds[1] = Math.min(bounds[1], i / side);
        bounds[2] = Math.max(bounds[2], i % side + 1);
        bounds[3] = Math.max(bounds[3], i / side + 1);
      }
    }
    for (int edge = 0; edge < bounds.length; edge++) {
      bounds[edge] -= side / 2;
    }
    return bounds;
  }
}
