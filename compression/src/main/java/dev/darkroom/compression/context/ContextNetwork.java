package dev.darkroom.compression.context;

/**
 * The network of one plane during one pass: dense layers with ReLU between them.
 *
 * <p>Holds the activations of a wavefront; one per thread.
 */
final class ContextNetwork {
  private final ContextModel.Plane model;
  private final int stride;
  private final float[][] activations;

  /**
   * @param model the weights
   * @param stride floats between the values of one lane
   */
  ContextNetwork(ContextModel.Plane model, int stride) {
    this.model = model;
    this.stride = stride;
    this.activations = new float[model.layers().size()][];
    for (int i = 0; i < activations.length; i++) {
      activations[i] = new float[model.layers().get(i).outputs() * stride];
    }
  }

  /** Evaluates a block of lanes. */
  void evaluate(LaneKernel kernel, float[] features, int offset) {
    float[] in = features;
    int last = activations.length - 1;
    for (int i = 0; i <= last; i++) {
      ContextModel.Layer layer = model.layers().get(i);
      kernel.dense(
          layer.weights(),
          layer.bias(),
          layer.inputs(),
          layer.outputs(),
          i < last,
          in,
          activations[i],
          stride,
          offset);
      in = activations[i];
    }
  }

  /** The parameters of the distributions, {@link #stride} floats apart. */
  float[] parameters() {
    return activations[activations.length - 1];
  }

  int stride() {
    return stride;
  }
}
