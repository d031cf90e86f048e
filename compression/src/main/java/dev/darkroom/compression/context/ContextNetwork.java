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

  /** Evaluates some blocks of lanes. */
  void evaluate(LaneKernel kernel, float[] features, int offset, int blocks) {
    float[] in = features;
    int last = activations.length - 1;
    for (int i = 0; i <= last; i++) {
      ContextModel.Layer layer = model.layers().get(i);
      kernel.dense(layer, i < last, in, activations[i], stride, offset, blocks);
      in = activations[i];
    }
  }

  /** The parameters of the distributions, {@link #stride} floats apart. */
  float[] parameters() {
    return activations[activations.length - 1];
  }

  /** The logistics in each mixture. */
  int components() {
    return model.components();
  }

  int stride() {
    return stride;
  }
}
