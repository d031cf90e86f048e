package dev.darkroom.compression.context;

/** The distributions of the samples of the current wavefront, by lane. */
final class PixelDistribution {
  private final LaneKernel kernel;
  private final ContextNetwork network;
  private final LogisticMixture mixture;

  PixelDistribution(LaneKernel kernel, ContextNetwork network) {
    this.kernel = kernel;
    this.network = network;
    this.mixture = new LogisticMixture(kernel, network.components());
  }

  /** Turns the network's output for a block of lanes into mixtures. */
  void prepare(int offset, float[] prediction, float[] scale, float[] unit) {
    kernel.mixture(
        network.parameters(),
        network.components(),
        network.stride(),
        offset,
        prediction,
        scale,
        unit);
  }

  /** The distribution of one pixel, valid until the next call. */
  LogisticMixture at(int lane) {
    mixture.set(network.parameters(), network.stride(), lane);
    return mixture;
  }
}
