package dev.darkroom.jobs.scene.judging;

import dev.darkroom.jobs.scene.Hue;

/**
 * An object as it may have been drawn.
 *
 * @param template its shape and size
 * @param hue its colour
 * @param pattern its texture
 * @param x its middle, in cells from the left
 * @param y its middle, in cells from the top
 * @param gain by how much the picture is better explained with it than without: the squared
 *     distance that goes away
 */
record Fit(Template template, Hue hue, Pattern pattern, int x, int y, double gain) {
  boolean isBetterThan(Fit other) {
    return gain > other.gain;
  }
}
