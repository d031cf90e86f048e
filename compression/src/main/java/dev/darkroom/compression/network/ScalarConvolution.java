package dev.darkroom.compression.network;

import java.util.Arrays;
import java.util.Objects;

/**
 * The definition of {@link Convolution} as plain loops: what runs where there are no vectors, and
 * what the faster ones are held against. Frozen: its results are part of the stream format.
 */
public final class ScalarConvolution implements Convolution {
  private final ConvolutionWeights weights;

  /** A convolution with these weights. */
  public ScalarConvolution(ConvolutionWeights weights) {
    this.weights = Objects.requireNonNull(weights, "weights");
  }

  @Override
  public ConvolutionWeights weights() {
    return weights;
  }

  @Override
  public void apply(FeatureMaps input, FeatureMaps output) {
    KernelSelection.requireFit(weights, input, output);
    int side = weights.side();
    int reach = side / 2;
    int area = input.area();
    int next = 0;
    for (int o = 0; o < weights.outputs(); o++) {
      int target = o * output.planeSize + output.first;
      Arrays.fill(output.data, target, target + area, weights.biases()[o]);
      for (int i = 0; i < weights.inputs(); i++) {
        for (int y = -reach; y <= reach; y++) {
          for (int x = -reach; x <= reach; x++) {
            int source = i * input.planeSize + input.first + y * input.pitch + x;
            accumulate(input.data, source, weights.weights()[next++], output.data, target, area);
          }
        }
      }
      if (weights.rectified()) {
        rectify(output.data, target, area);
      }
    }
  }

  private static void accumulate(
      float[] input, int source, float weight, float[] output, int target, int count) {
    for (int p = 0; p < count; p++) {
      output[target + p] = Math.fma(input[source + p], weight, output[target + p]);
    }
  }

  private static void rectify(float[] output, int target, int count) {
    for (int p = target; p < target + count; p++) {
      output[p] = Math.max(output[p], 0);
    }
  }
}
