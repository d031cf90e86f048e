package dev.darkroom.generation.noise;

import java.util.OptionalDouble;

/**
 * The values of PyTorch's {@code torch.randn} with a generator of the CPU: {@code next(n)} gives
 * what {@code torch.randn(n, generator=g)} gives, call by call, after {@code g =
 * torch.Generator("cpu").manual_seed(seed)}.
 *
 * <p>As PyTorch's {@code DistributionTemplates.h} does it: 16 values or more come from uniform
 * float32 values by the method of Box and Muller ("A note on the generation of random normal
 * deviates", 1958) in groups of 16, and where the count is no multiple of 16 the last 16 are drawn
 * anew; fewer come one by one from float64 pairs whose second normal is kept for the next value.
 *
 * <p>PyTorch's own values differ by a few units in the last place between processors. Here they are
 * float64 by {@link StrictMath}, rounded once: the same on every JVM, and within 2e-6 of PyTorch's.
 */
public final class TorchNoise implements GaussianNoise {
  /** The largest seed: PyTorch uses no more than 32 bits of one. */
  public static final long MAX_SEED = 0xffffffffL;

  private static final int GROUP = 16;
  private static final int HALF = GROUP / 2;
  private static final int FLOAT_BITS = (1 << 24) - 1;
  private static final long DOUBLE_BITS = (1L << 53) - 1;

  private final MersenneTwister generator;
  private OptionalDouble kept = OptionalDouble.empty();

  /**
   * Starts a generator.
   *
   * @param seed from 0 to {@link #MAX_SEED}
   * @throws IllegalArgumentException for any other seed, since PyTorch would drop its upper bits
   *     and give the image of a smaller seed
   */
  public TorchNoise(long seed) {
    if (seed < 0 || seed > MAX_SEED) {
      throw new IllegalArgumentException(
          "the seed %d is not between 0 and %d; PyTorch's generator takes 32 bits"
              .formatted(seed, MAX_SEED));
    }
    generator = new MersenneTwister((int) seed);
  }

  @Override
  public float[] next(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("can't draw %d values".formatted(count));
    }
    float[] values = new float[count];
    if (count < GROUP) {
      for (int i = 0; i < count; i++) {
        values[i] = (float) single();
      }
      return values;
    }
    for (int i = 0; i < count; i++) {
      values[i] = uniformFloat();
    }
    for (int start = 0; start + GROUP <= count; start += GROUP) {
      transform(values, start);
    }
    if (count % GROUP != 0) {
      int start = count - GROUP;
      for (int i = start; i < count; i++) {
        values[i] = uniformFloat();
      }
      transform(values, start);
    }
    return values;
  }

  /** Turns 16 uniform values into 16 normal ones: cosines first, sines 8 places after. */
  private static void transform(float[] values, int start) {
    for (int i = start; i < start + HALF; i++) {
      double radius = Math.sqrt(-2 * StrictMath.log(1 - values[i]));
      double angle = 2 * Math.PI * values[i + HALF];
      values[i] = (float) (radius * StrictMath.cos(angle));
      values[i + HALF] = (float) (radius * StrictMath.sin(angle));
    }
  }

  private double single() {
    if (kept.isPresent()) {
      double value = kept.getAsDouble();
      kept = OptionalDouble.empty();
      return value;
    }
    double angle = 2 * Math.PI * uniformDouble();
    double radius = Math.sqrt(-2 * StrictMath.log1p(-uniformDouble()));
    kept = OptionalDouble.of(radius * StrictMath.sin(angle));
    return radius * StrictMath.cos(angle);
  }

  private float uniformFloat() {
    return (generator.next() & FLOAT_BITS) * 0x1p-24f;
  }

  private double uniformDouble() {
    long bits = ((long) generator.next() << 32) | (generator.next() & 0xffffffffL);
    return (bits & DOUBLE_BITS) * 0x1p-53;
  }
}
