package dev.darkroom.compression.context;

/** Chooses the implementation of {@link LaneKernel} for this JVM. */
final class LaneKernels {
  /**
   * Vectors where the module {@code jdk.incubator.vector} is there, plain loops elsewhere: the same
   * bits.
   */
  static final LaneKernel BEST =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          ? new VectorLaneKernel()
          : new ScalarLaneKernel();

  private LaneKernels() {}
}
