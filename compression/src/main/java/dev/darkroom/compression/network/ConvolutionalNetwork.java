package dev.darkroom.compression.network;

import java.util.List;

/**
 * Convolutions one after the other.
 *
 * <p>Thread-safe; each evaluation allocates its own intermediate maps.
 */
public final class ConvolutionalNetwork {
  /** What lies beyond the edge of an image for a kernel of side 3. */
  public enum Border {
    /** Zeros. */
    ZERO,
    /** The nearest sample inside. */
    EDGE
  }

  /**
   * One convolution and what it finds beyond the edge.
   *
   * @param convolution the convolution
   * @param border without effect for a kernel of side 1
   */
  public record Layer(Convolution convolution, Border border) {}

  private final List<Layer> layers;

  /**
   * A network of these layers.
   *
   * @throws IllegalArgumentException where there are none, or one's outputs are not as many as the
   *     next one's inputs
   */
  public ConvolutionalNetwork(List<Layer> layers) {
    this.layers = List.copyOf(layers);
    if (this.layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one layer");
    }
    for (int i = 1; i < this.layers.size(); i++) {
      int outputs = this.layers.get(i - 1).convolution().weights().outputs();
      int inputs = this.layers.get(i).convolution().weights().inputs();
      if (outputs != inputs) {
        throw new IllegalArgumentException(
            "layer %d of a network takes %d channels, but the one before gives %d"
                .formatted(i, inputs, outputs));
      }
    }
  }

  /** The number of channels it reads. */
  public int inputs() {
    return layers.get(0).convolution().weights().inputs();
  }

  /** The number of channels it returns. */
  public int outputs() {
    return layers.get(layers.size() - 1).convolution().weights().outputs();
  }

  /** The number of multiplications and additions for each pixel. */
  public long multiplyAdds() {
    return layers.stream().mapToLong(l -> l.convolution().weights().multiplyAdds()).sum();
  }

  /**
   * Evaluates all images.
   *
   * @param input maps with at least as many channels as the network reads; their border is
   *     overwritten
   * @return new maps of the same shape, whose border means nothing
   */
  public FeatureMaps apply(FeatureMaps input) {
    FeatureMaps current = input;
    for (Layer layer : layers) {
      ConvolutionWeights weights = layer.convolution().weights();
      if (weights.side() > 1) {
        if (layer.border() == Border.ZERO) {
          current.clearBorder();
        } else {
          current.repeatEdge();
        }
      }
      FeatureMaps next =
          new FeatureMaps(weights.outputs(), input.images(), input.rows(), input.columns());
      layer.convolution().apply(current, next);
      current = next;
    }
    return current;
  }
}
