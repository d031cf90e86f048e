package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import java.util.List;

/**
 * A chain of layers from samples to nothing: the first layers transform, priors take the results
 * off one part after the other. Thread-safe.
 */
public final class Flow {
  private final List<FlowLayer> layers;
  private final int channels;
  private final int granularity;

  /**
   * A flow of these layers.
   *
   * @param channels the number of channels of the samples
   * @throws IllegalArgumentException where a layer does not fit the channels that reach it, or some
   *     channels are left at the end
   */
  Flow(int channels, List<FlowLayer> layers) {
    this.layers = List.copyOf(layers);
    this.channels = channels;
    int current = channels;
    int side = 1;
    for (FlowLayer layer : this.layers) {
      current = layer.channelsAfter(current);
      if (layer instanceof Squeeze) {
        side *= 2;
      }
    }
    if (current != 0) {
      throw new IllegalArgumentException(
          "a flow must end with a prior of all channels, but " + current + " are left");
    }
    granularity = side;
  }

  /** The number of channels of the samples. */
  public int channels() {
    return channels;
  }

  /** What rows and columns of its samples must be multiples of. */
  public int granularity() {
    return granularity;
  }

  /** The layers in the order of encoding. */
  List<FlowLayer> layers() {
    return layers;
  }

  /**
   * Pushes samples.
   *
   * @param samples samples from 0 to 255; overwritten
   * @throws IllegalArgumentException where the shape does not fit or a sample is out of its range
   * @throws FixedPointRangeException where the data lies far outside what the flow was made for
   */
  public void encode(FixedPointTensor samples, BitStack bits) {
    requireShape(samples.channels(), samples.rows(), samples.columns());
    FixedPointTensor x = samples;
    for (FlowLayer layer : layers) {
      x = layer.forward(x, bits);
    }
  }

  /**
   * Pops samples.
   *
   * @param images the number of images that {@link #encode} was given at once
   * @param rows their rows
   * @param columns their columns
   * @throws dev.darkroom.compression.entropy.CorruptStreamException where the stream runs dry or
   *     yields no samples
   * @throws FixedPointRangeException where the stream is damaged, or was coded by another flow
   */
  public FixedPointTensor decode(int images, int rows, int columns, BitStack bits) {
    requireShape(channels, rows, columns);
    FixedPointTensor x =
        FixedPointTensor.zeros(0, images, rows / granularity, columns / granularity);
    for (int i = layers.size() - 1; i >= 0; i--) {
      x = layers.get(i).inverse(x, bits);
    }
    return x;
  }

  /**
   * The negative log2 likelihood of samples under the real-valued flow: what {@link #encode} would
   * push if it worked without any rounding.
   *
   * @param samples samples with their dequantisation noise, from 0 to less than 256; overwritten
   */
  double negativeLogLikelihood(RealTensor samples) {
    requireShape(samples.channels(), samples.rows(), samples.columns());
    LogDensity density = new LogDensity();
    RealTensor x = samples;
    for (FlowLayer layer : layers) {
      x = layer.transform(x, density);
    }
    return -density.bits();
  }

  private void requireShape(int channels, int rows, int columns) {
    if (channels != this.channels || rows % granularity != 0 || columns % granularity != 0) {
      throw new IllegalArgumentException(
          "this flow codes %d channels with multiples of %d rows and columns, not %d of %d x %d"
              .formatted(this.channels, granularity, channels, rows, columns));
    }
  }
}
