package dev.darkroom.compression.network;

/**
 * A convolution of stride 1 that keeps the size of its images.
 *
 * <p>An output sample is the chain {@code a = fma(input, weight, a)} in single precision, begun
 * with the bias and followed through input channels, kernel rows and kernel columns, in this order
 * of nesting; then, where the weights say so, the greater of it and zero. All implementations
 * return these bits. Thread-safe.
 */
public interface Convolution {
  /** The weights. */
  ConvolutionWeights weights();

  /**
   * Convolves all images. A kernel of side 3 reads the border of the input as the caller has set
   * it; the border of the output holds some finite number afterwards.
   *
   * @param input maps with this convolution's input channels or more, of which the first are read
   * @param output other maps of the same shape, with this convolution's output channels
   * @throws IllegalArgumentException where channels or shapes do not fit
   */
  void apply(FeatureMaps input, FeatureMaps output);

  /**
   * The fastest implementation on this machine: vectors where the module {@code
   * jdk.incubator.vector} is there and the system property {@code darkroom.scalar} is not true.
   */
  static Convolution of(ConvolutionWeights weights) {
    return KernelSelection.VECTORS
        ? KernelSelection.vector(weights)
        : new ScalarConvolution(weights);
  }
}
