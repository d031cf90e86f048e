package dev.darkroom.compression.context;

/** The distributions of the pixels of the current wavefront, by lane. */
final class PixelDistribution {
  private final PlanePass pass;
  private final ContextNetwork network;
  private final LogisticMixture mixture;

  PixelDistribution(PlanePass pass, ContextNetwork network, int components) {
    this.pass = pass;
    this.network = network;
    this.mixture = new LogisticMixture(components);
  }

  /** The distribution of one pixel, valid until the next call. */
  LogisticMixture at(int lane) {
    mixture.set(
        network.parameters(),
        network.stride(),
        lane,
        pass.predictions()[lane],
        pass.scales()[lane],
        pass.units()[lane]);
    return mixture;
  }
}
