package dev.darkroom.compression.endure;

import dev.darkroom.compression.RasterImage;
import java.util.SplittableRandom;

/** Small images of every kind, each made from a seed and a number. */
final class RandomImages {
  private static final int LONGEST_SIDE = 24;

  /** What the samples are like. */
  private enum Kind {
    NOISE,
    FLAT,
    RAMP,
    FEW_VALUES,
    EXTREMES,
    SPARSE,
    WALK
  }

  private RandomImages() {}

  /** The image: 1 to 24 pixels a side, mostly, and now and then a long one. */
  static RasterImage image(long seed, long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    int width = side(random);
    int height = side(random);
    int channels = random.nextInt(1, 5);
    int bitDepth = random.nextInt(4) == 0 ? 16 : 8;
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    int max = (1 << bitDepth) - 1;
    int[] few = random.ints(random.nextInt(2, 6), 0, max + 1).toArray();
    int[] slope = random.ints(3, -9, 10).toArray();
    int[] last = random.ints(channels, 0, max + 1).toArray();
    byte[] samples = new byte[width * height * channels * bitDepth / 8];
    int index = 0;
    for (int i = 0; i < width * height; i++) {
      for (int c = 0; c < channels; c++) {
        int value =
            switch (kind) {
              case NOISE -> random.nextInt(max + 1);
              case FLAT -> few[0];
              case RAMP ->
                  few[0]
                      + i % width * slope[0]
                      + i / width * slope[1]
                      + c * slope[2]
                      + random.nextInt(2);
              case FEW_VALUES -> few[random.nextInt(few.length)];
              case EXTREMES -> random.nextBoolean() ? max : 0;
              case SPARSE -> random.nextInt(20) == 0 ? random.nextInt(max + 1) : few[0];
              case WALK -> last[c] + random.nextInt(-3, 4);
            };
        last[c] = Math.max(0, Math.min(max, value));
        if (bitDepth == 16) {
          samples[index++] = (byte) (last[c] >>> 8);
        }
        samples[index++] = (byte) last[c];
      }
    }
    return new RasterImage(width, height, channels, bitDepth, samples);
  }

  private static int side(SplittableRandom random) {
    return random.nextInt(200) == 0 ? random.nextInt(1, 600) : random.nextInt(1, LONGEST_SIDE + 1);
  }
}
