package dev.darkroom.compression.flow;

import dev.darkroom.compression.network.FeatureMaps;

/** Times a flow's networks alone, on maps of the shapes that its layers give them. */
final class NetworkClock {
  long nanos(Flow flow, FixedPointTensor samples) {
    long sum = 0;
    int rows = samples.rows();
    int columns = samples.columns();
    for (FlowLayer layer : flow.layers()) {
      if (layer instanceof Squeeze) {
        rows /= 2;
        columns /= 2;
      }
      for (var network : layer.networks()) {
        FeatureMaps input = new FeatureMaps(network.inputs(), samples.images(), rows, columns);
        long begun = CpuClock.nanos();
        network.apply(input);
        sum += CpuClock.nanos() - begun;
      }
    }
    return sum;
  }
}
