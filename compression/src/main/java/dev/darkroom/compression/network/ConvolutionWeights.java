package dev.darkroom.compression.network;

import java.util.Arrays;
import java.util.Objects;

/**
 * What a convolution multiplies and adds.
 *
 * <p>The arrays are not copied: whoever hands them over no longer writes to them.
 *
 * @param inputs the number of input channels, 1 or more
 * @param outputs the number of output channels, 1 or more
 * @param side the side of the kernel in pixels, 1 or 3
 * @param weights {@code outputs * inputs * side * side} weights: output channel, input channel,
 *     row, column
 * @param biases one per output channel
 * @param rectified whether negative results become zero
 */
public record ConvolutionWeights(
    int inputs, int outputs, int side, float[] weights, float[] biases, boolean rectified) {
  /**
   * Checks the sizes, and that all numbers are finite.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public ConvolutionWeights {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a convolution needs 1 or more inputs and outputs, not " + inputs + " and " + outputs);
    }
    if (side != 1 && side != 3) {
      throw new IllegalArgumentException("the side of a kernel must be 1 or 3, not " + side);
    }
    requireFinite("weights", weights, (long) outputs * inputs * side * side);
    requireFinite("biases", biases, outputs);
  }

  /** The number of multiplications and additions for each pixel. */
  public long multiplyAdds() {
    return weights.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConvolutionWeights that
        && inputs == that.inputs
        && outputs == that.outputs
        && side == that.side
        && rectified == that.rectified
        && Arrays.equals(weights, that.weights)
        && Arrays.equals(biases, that.biases);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        inputs, outputs, side, rectified, Arrays.hashCode(weights), Arrays.hashCode(biases));
  }

  @Override
  public String toString() {
    return "ConvolutionWeights[%d x %d, %d -> %d%s]"
        .formatted(side, side, inputs, outputs, rectified ? ", rectified" : "");
  }

  private static void requireFinite(String name, float[] values, long expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          name + " must hold " + expected + " numbers, not " + values.length);
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(name + " must be finite, but hold " + value);
      }
    }
  }
}
