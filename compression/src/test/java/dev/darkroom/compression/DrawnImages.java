package dev.darkroom.compression;

import java.util.Random;

/** Small images with the textures that tests need, the same on every run. */
public final class DrawnImages {
  private DrawnImages() {}

  /** A smooth gradient with some noise, correlated between channels; alpha has steps. */
  public static RasterImage smooth(int width, int height, int channels, int bitDepth) {
    Random random = new Random(7);
    int max = (1 << bitDepth) - 1;
    byte[] samples = new byte[width * height * channels * bitDepth / 8];
    int index = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = random.nextInt(max / 60 + 1);
        for (int c = 0; c < channels; c++) {
          boolean alpha = channels % 2 == 0 && c == channels - 1;
          int value =
              alpha
                  ? (x + y) % 40 < 30 ? max : max / 3
                  : (int) ((long) max * (2 * x + 3 * y + 10 * c) / (2 * width + 3 * height + 40));
          index = put(samples, index, bitDepth, alpha ? value : Math.min(max, value + noise));
        }
      }
    }
    return new RasterImage(width, height, channels, bitDepth, samples);
  }

  /** Incompressible samples. */
  public static RasterImage noise(int width, int height, int channels, int bitDepth, long seed) {
    byte[] samples = new byte[width * height * channels * bitDepth / 8];
    new Random(seed).nextBytes(samples);
    return new RasterImage(width, height, channels, bitDepth, samples);
  }

  /** Every sample the same. */
  public static RasterImage constant(int width, int height, int channels, int bitDepth, int value) {
    byte[] samples = new byte[width * height * channels * bitDepth / 8];
    for (int index = 0; index < samples.length; ) {
      index = put(samples, index, bitDepth, value);
    }
    return new RasterImage(width, height, channels, bitDepth, samples);
  }

  private static int put(byte[] samples, int index, int bitDepth, int value) {
    if (bitDepth == 8) {
      samples[index] = (byte) value;
      return index + 1;
    }
    samples[index] = (byte) (value >>> 8);
    samples[index + 1] = (byte) value;
    return index + 2;
  }
}
