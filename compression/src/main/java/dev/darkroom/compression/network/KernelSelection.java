package dev.darkroom.compression.network;

/** Decides once whether vectors are to be had, and keeps their class unloaded where not. */
final class KernelSelection {
  static final boolean VECTORS =
      !Boolean.getBoolean("darkroom.scalar")
          && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private KernelSelection() {}

  static Convolution vector(ConvolutionWeights weights) {
    return new VectorConvolution(weights);
  }

  /** Checks what every implementation relies on. */
  static void requireFit(ConvolutionWeights weights, FeatureMaps input, FeatureMaps output) {
    if (input == output) {
      throw new IllegalArgumentException("a convolution can't write over its own input");
    }
    if (input.channels() < weights.inputs() || output.channels() != weights.outputs()) {
      throw new IllegalArgumentException(
          "%s can't map %d channels to %d".formatted(weights, input.channels(), output.channels()));
    }
    if (!input.sameShape(output)) {
      throw new IllegalArgumentException("input and output of a convolution must be equally large");
    }
  }
}
