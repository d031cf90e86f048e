package dev.darkroom.jobs.demo;

import dev.darkroom.models.SplitMix64;

/** Smooth noise: random values on a lattice, blended between. The same on every machine. */
final class Lattice {
  private final long seed;

  Lattice(long seed) {
    this.seed = seed;
  }

  /** The sum of octaves of ever finer and weaker noise, 0 to 1. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double scale = 1;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * at(x * scale, y * scale, octave);
      weight /= 2;
      scale *= 2;
    }
    return sum;
  }

  private double at(double x, double y, int octave) {
    int left = (int) StrictMath.floor(x);
    int top = (int) StrictMath.floor(y);
    double fx = ease(x - left);
    double fy = ease(y - top);
    double upper = blend(value(left, top, octave), value(left + 1, top, octave), fx);
    double lower = blend(value(left, top + 1, octave), value(left + 1, top + 1, octave), fx);
    return blend(upper, lower, fy);
  }

  /** White noise for whole coordinates, 0 to 1. */
  double value(int x, int y, int layer) {
    long place = seed + x * SplitMix64.GOLDEN_GAMMA + y * 0xC2B2AE3D27D4EB4FL + layer * 0x165667B1L;
    return SplitMix64.unit(SplitMix64.mix(place));
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double blend(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
