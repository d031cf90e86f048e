package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Hue;
import java.util.BitSet;

/**
 * Compares a canvas with objects as the renderer would draw them on its ground. Pixels that are
 * taken by others are left out.
 */
final class Fitting {
  /** What a pixel outside the picture costs that an object would cover. */
  private static final double MISSED = 100 * 100;

  /** How far around an object unexplained pixels count against it. */
  private static final int RIM = 2;

  private final Canvas canvas;
  private final Canvas ground;
  private final float[] distances = new float[Canvas.PIXELS];

  Fitting(Canvas canvas, Canvas ground) {
    this.canvas = canvas;
    this.ground = ground;
    for (int pixel = 0; pixel < Canvas.PIXELS; pixel++) {
      distances[pixel] = canvas.distance(pixel, ground);
    }
  }

  /** The squared distance of a pixel from the ground. */
  float distance(int pixel) {
    return distances[pixel];
  }

  /** How well an object fits. */
  Fit fit(Template template, Hue hue, Pattern pattern, int x, int y, BitSet taken) {
    Template.Cover cover = template.cover(x, y);
    float[] whole = cover.whole();
    float[] accents = cover.accents().get(pattern);
    float[] samples = canvas.samples();
    float[] under = ground.samples();
    int left = template.start(x);
    int top = template.start(y);
    int mainRed = hue.rgb() >> 16 & 0xFF;
    int mainGreen = hue.rgb() >> 8 & 0xFF;
    int mainBlue = hue.rgb() & 0xFF;
    int accentRed = hue.accent() >> 16 & 0xFF;
    int accentGreen = hue.accent() >> 8 & 0xFF;
    int accentBlue = hue.accent() & 0xFF;
    double gain = 0;
    for (int j = 0; j < cover.side(); j++) {
      for (int i = 0; i < cover.side(); i++) {
        float all = whole[j * cover.side() + i];
        if (all == 0) {
          continue;
        }
        int px = left + i;
        int py = top + j;
        if (px < 0 || py < 0 || px >= Canvas.SIDE || py >= Canvas.SIDE) {
          gain -= all * MISSED;
          continue;
        }
        int pixel = py * Canvas.SIDE + px;
        if (taken.get(pixel)) {
          continue;
        }
        float accent = accents[j * cover.side() + i];
        float main = all - accent;
        float rest = 1 - all;
        float red = under[3 * pixel] * rest + mainRed * main + accentRed * accent;
        float green = under[3 * pixel + 1] * rest + mainGreen * main + accentGreen * accent;
        float blue = under[3 * pixel + 2] * rest + mainBlue * main + accentBlue * accent;
        red -= samples[3 * pixel];
        green -= samples[3 * pixel + 1];
        blue -= samples[3 * pixel + 2];
        gain += distances[pixel] - red * red - green * green - blue * blue;
      }
    }
    return new Fit(template, hue, pattern, x, y, gain);
  }

  /** The share of what stands out around a fit that it explains. */
  double quality(Fit fit, BitSet taken) {
    Template template = fit.template();
    int left = (fit.x() + template.bound(0)) / 2 - RIM;
    int top = (fit.y() + template.bound(1)) / 2 - RIM;
    int right = (fit.x() + template.bound(2) + 1) / 2 + RIM;
    int bottom = (fit.y() + template.bound(3) + 1) / 2 + RIM;
    double there = 0;
    for (int y = Math.max(0, top); y < Math.min(Canvas.SIDE, bottom); y++) {
      for (int x = Math.max(0, left); x < Math.min(Canvas.SIDE, right); x++) {
        if (!taken.get(y * Canvas.SIDE + x)) {
          there += distances[y * Canvas.SIDE + x];
        }
      }
    }
    return there == 0 ? 0 : Math.max(0, Math.min(1, fit.gain() / there));
  }

  /** The pixels that a fit covers at least half. */
  BitSet covered(Fit fit) {
    Template.Cover cover = fit.template().cover(fit.x(), fit.y());
    int left = fit.template().start(fit.x());
    int top = fit.template().start(fit.y());
    BitSet covered = new BitSet(Canvas.PIXELS);
    for (int j = 0; j < cover.side(); j++) {
      for (int i = 0; i < cover.side(); i++) {
        int px = left + i;
        int py = top + j;
        if (cover.whole()[j * cover.side() + i] >= 0.5
            && px >= 0
            && py >= 0
            && px < Canvas.SIDE
            && py < Canvas.SIDE) {
          covered.set(py * Canvas.SIDE + px);
        }
      }
    }
    return covered;
  }
}
