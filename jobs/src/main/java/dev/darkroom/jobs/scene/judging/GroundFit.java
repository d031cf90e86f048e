package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Ground;
import dev.darkroom.jobs.scene.Layout;
import dev.darkroom.jobs.scene.Scene;
import dev.darkroom.jobs.scene.SceneRenderer;
import dev.darkroom.jobs.scene.Style;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The background of a picture: which of the world's it is most like, by the picture's border, where
 * the world draws no object.
 *
 * @param ground the colour
 * @param style how it is laid on
 * @param picture the background alone, without grain
 * @param quality the share of the border that is like it
 */
record GroundFit(Ground ground, Style style, Canvas picture, double quality) {
  private static final int BORDER = 2;

  /** Grain is light or dark, not colour, so lightness tells less of which colour it is. */
  private static final double LIGHTNESS_WEIGHT = 0.4;

  private static final double LEAST_ROUGHNESS = 5.5;
  private static final double LEAST_SLOPE = 0.4;
  private static final double LIKE = 45 * 45;

  private static final Map<Ground, Canvas> FLAT = pictures(Style.FLAT);
  private static final Map<Ground, Canvas> SOFT = pictures(Style.SOFT);

  private static Map<Ground, Canvas> pictures(Style style) {
    SceneRenderer renderer = new SceneRenderer(Scene.GRID);
    Map<Ground, Canvas> pictures = new EnumMap<>(Ground.class);
    for (Ground ground : Ground.values()) {
      Scene empty = new Scene(0, 0, ground, style, Layout.ALONE, List.of());
      pictures.put(ground, Canvas.of(renderer.image(empty)));
    }
    return pictures;
  }

  static GroundFit of(Canvas canvas) {
    Ground ground = color(canvas);
    Style style = style(canvas, ground);
    Canvas picture = (style == Style.SOFT ? SOFT : FLAT).get(ground);
    double tolerance = style == Style.GRAINY ? 2 * LIKE : LIKE;
    int like = 0;
    int all = 0;
    for (int pixel = 0; pixel < Canvas.PIXELS; pixel++) {
      if (isBorder(pixel)) {
        all++;
        like += canvas.distance(pixel, picture) <= tolerance ? 1 : 0;
      }
    }
    return new GroundFit(ground, style, picture, (double) like / all);
  }

  private static Ground color(Canvas canvas) {
    Ground[] grounds = Ground.values();
    int[] votes = new int[grounds.length];
    for (int pixel = 0; pixel < Canvas.PIXELS; pixel++) {
      if (isBorder(pixel)) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < grounds.length; i++) {
          double distance =
              Math.min(
                  unlike(canvas, pixel, FLAT.get(grounds[i])),
                  unlike(canvas, pixel, SOFT.get(grounds[i])));
          if (distance < least) {
            least = distance;
            best = i;
          }
        }
        votes[best]++;
      }
    }
    int most = 0;
    for (int i = 1; i < votes.length; i++) {
      most = votes[i] > votes[most] ? i : most;
    }
    return grounds[most];
  }

  private static double unlike(Canvas canvas, int pixel, Canvas picture) {
    double lightness = canvas.lightness(pixel) - picture.lightness(pixel);
    double all = canvas.distance(pixel, picture);
    return all - 3 * (1 - LIGHTNESS_WEIGHT) * lightness * lightness;
  }

  private static Style style(Canvas canvas, Ground ground) {
    Canvas flat = FLAT.get(ground);
    Canvas soft = SOFT.get(ground);
    double product = 0;
    double square = 0;
    double rough = 0;
    int steps = 0;
    for (int pixel = 0; pixel < Canvas.PIXELS; pixel++) {
      if (isBorder(pixel)) {
        double slope = soft.lightness(pixel) - flat.lightness(pixel);
        product += slope * (canvas.lightness(pixel) - flat.lightness(pixel));
        square += slope * slope;
        int next = pixel % Canvas.SIDE < Canvas.SIDE - 1 ? pixel + 1 : pixel;
        if (next != pixel && isBorder(next)) {
          double step = canvas.lightness(next) - canvas.lightness(pixel);
          rough += step * step;
          steps++;
        }
      }
    }
    if (Math.sqrt(rough / steps / 2) > LEAST_ROUGHNESS) {
      return Style.GRAINY;
    }
    return product / square > LEAST_SLOPE ? Style.SOFT : Style.FLAT;
  }

  private static boolean isBorder(int pixel) {
    int x = pixel % Canvas.SIDE;
    int y = pixel / Canvas.SIDE;
    return Math.min(Math.min(x, y), Math.min(Canvas.SIDE - 1 - x, Canvas.SIDE - 1 - y)) < BORDER;
  }
}
