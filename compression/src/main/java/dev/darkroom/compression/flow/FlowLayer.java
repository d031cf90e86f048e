package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.network.ConvolutionalNetwork;
import java.util.List;

/**
 * An invertible map of (tensor, stack of bits) to (tensor, stack of bits). Thread-safe.
 *
 * <p>For every tensor and stack, {@link #inverse} undoes {@link #forward} exactly, and forward
 * undoes inverse.
 */
interface FlowLayer {
  /**
   * The number of channels that this layer returns.
   *
   * @param channels the number of channels that it is given
   * @throws IllegalArgumentException where it can't work with so many
   */
  int channelsAfter(int channels);

  /** The networks that this layer evaluates, once in each direction. */
  default List<ConvolutionalNetwork> networks() {
    return List.of();
  }

  /**
   * The layer's map, which encoding applies.
   *
   * @param x the input; the layer may overwrite it
   * @param bits grows by the negative log2 of the determinant, or shrinks where that is negative
   * @return the output, which may be the same tensor
   * @throws FixedPointRangeException where a value would leave the range of 32-bit integers
   */
  FixedPointTensor forward(FixedPointTensor x, BitStack bits);

  /**
   * The inverse map, which decoding applies.
   *
   * @param z the output of {@link #forward}; the layer may overwrite it
   * @param bits the stack as {@link #forward} left it
   * @return the input of {@link #forward}, which may be the same tensor
   * @throws FixedPointRangeException where a value would leave the range of 32-bit integers
   */
  FixedPointTensor inverse(FixedPointTensor z, BitStack bits);

  /**
   * The real function that the integer map approximates, with parameters not rounded.
   *
   * @param x the input; the layer may overwrite it
   * @param density receives the log2 of the determinant, or the density of values that end here
   * @return the output, which may be the same tensor
   */
  RealTensor transform(RealTensor x, LogDensity density);
}
