package dev.darkroom.jobs.scene.judging;

import java.awt.image.BufferedImage;

/**
 * A square picture in {@value #SIDE} x {@value #SIDE} pixels, whatever it had: each is the mean of
 * what it covers.
 *
 * @param samples red, green and blue, pixel by pixel, 0 to 255
 */
record Canvas(float[] samples) {
  static final int SIDE = 64;
  static final int PIXELS = SIDE * SIDE;

  /** Takes a square picture. */
  static Canvas of(BufferedImage image) {
    int size = image.getWidth();
    int[] rgb = image.getRGB(0, 0, size, size, null, 0, size);
    double[][] weights = new double[SIDE][];
    int[] starts = new int[SIDE];
    for (int i = 0; i < SIDE; i++) {
      double from = (double) i * size / SIDE;
      double to = (double) (i + 1) * size / SIDE;
      starts[i] = (int) from;
      int end = Math.min(size, (int) Math.ceil(to - 1e-9));
      weights[i] = new double[Math.max(1, end - starts[i])];
      for (int j = 0; j < weights[i].length; j++) {
        int at = starts[i] + j;
        weights[i][j] = (Math.min(to, at + 1) - Math.max(from, at)) / (to - from);
      }
    }
    float[] samples = new float[3 * PIXELS];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        mean(rgb, size, starts[x], weights[x], starts[y], weights[y], samples, y * SIDE + x);
      }
    }
    return new Canvas(samples);
  }

  private static void mean(
      int[] rgb,
      int size,
      int left,
      double[] across,
      int top,
      double[] down,
      float[] samples,
      int at) {
    double red = 0;
    double green = 0;
    double blue = 0;
    for (int j = 0; j < down.length; j++) {
      for (int i = 0; i < across.length; i++) {
        double weight = down[j] * across[i];
        int color = rgb[(top + j) * size + left + i];
        red += weight * (color >> 16 & 0xFF);
        green += weight * (color >> 8 & 0xFF);
        blue += weight * (color & 0xFF);
      }
    }
    samples[3 * at] = (float) red;
    samples[3 * at + 1] = (float) green;
    samples[3 * at + 2] = (float) blue;
  }

  /** The squared distance of a pixel from that of another canvas. */
  float distance(int pixel, Canvas other) {
    float sum = 0;
    for (int c = 3 * pixel; c < 3 * pixel + 3; c++) {
      float difference = samples[c] - other.samples[c];
      sum += difference * difference;
    }
    return sum;
  }

  /** The mean of a pixel's three samples. */
  float lightness(int pixel) {
    return (samples[3 * pixel] + samples[3 * pixel + 1] + samples[3 * pixel + 2]) / 3;
  }
}
