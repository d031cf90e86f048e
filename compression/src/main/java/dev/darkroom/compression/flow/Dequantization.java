package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.CorruptStreamException;
import dev.darkroom.compression.entropy.UniformCoder;

/**
 * Turns 8-bit samples into fixed-point numbers of [-1/2, 1/2): a sample p becomes {@code (p + u) /
 * 256 - 1/2} with the fraction u of [0, 1) taken off the stack.
 */
final class Dequantization implements FlowLayer {
  private static final int SAMPLE_BITS = 8;
  private static final int NOISE_BITS = FixedPoint.FRACTION_BITS - SAMPLE_BITS;

  @Override
  public int channelsAfter(int channels) {
    return channels;
  }

  @Override
  public FixedPointTensor forward(FixedPointTensor x, BitStack bits) {
    int[] values = x.values();
    int[] noise = new int[values.length];
    new UniformCoder(bits).decodeAll(noise, 0, noise.length, 1L << NOISE_BITS);
    for (int i = 0; i < values.length; i++) {
      if (values[i] >>> SAMPLE_BITS != 0) {
        throw new IllegalArgumentException("a sample must be 0 to 255, not " + values[i]);
      }
      values[i] = (values[i] << NOISE_BITS) + noise[i] - FixedPoint.ONE / 2;
    }
    return x;
  }

  @Override
  public FixedPointTensor inverse(FixedPointTensor z, BitStack bits) {
    int[] values = z.values();
    int[] noise = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int raised = values[i] + FixedPoint.ONE / 2;
      if (raised >>> FixedPoint.FRACTION_BITS != 0) {
        throw new CorruptStreamException(
            "A decoded sample lies outside 0 to 255: the stream is damaged, or was coded by another"
                + " model");
      }
      noise[i] = raised & (1 << NOISE_BITS) - 1;
      values[i] = raised >> NOISE_BITS;
    }
    new UniformCoder(bits).encodeAll(noise, 0, noise.length, 1L << NOISE_BITS);
    return z;
  }

  /** Maps samples with their noise, real numbers of [0, 256), to [-1/2, 1/2). */
  @Override
  public RealTensor transform(RealTensor x, LogDensity density) {
    double[] values = x.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] / (1 << SAMPLE_BITS) - 0.5;
    }
    density.addBits(-SAMPLE_BITS * (double) values.length);
    return x;
  }
}
