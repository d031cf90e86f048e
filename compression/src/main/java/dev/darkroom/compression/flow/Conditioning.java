package dev.darkroom.compression.flow;

import dev.darkroom.compression.network.FeatureMaps;

/** Turns the channels that a network is conditioned on into the network's input. */
final class Conditioning {
  private Conditioning() {}

  /** The first channels of a tensor, in value units. */
  static FeatureMaps maps(FixedPointTensor x, int channels) {
    FeatureMaps maps = new FeatureMaps(channels, x.images(), x.rows(), x.columns());
    int next = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int image = 0; image < x.images(); image++) {
        for (int row = 0; row < x.rows(); row++) {
          int start = maps.index(channel, image, row);
          for (int column = 0; column < x.columns(); column++) {
            maps.data()[start + column] = FixedPoint.toFloat(x.values()[next++]);
          }
        }
      }
    }
    return maps;
  }

  /** The first channels of a tensor, rounded to floats. */
  static FeatureMaps maps(RealTensor x, int channels) {
    FeatureMaps maps = new FeatureMaps(channels, x.images(), x.rows(), x.columns());
    int next = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int image = 0; image < x.images(); image++) {
        for (int row = 0; row < x.rows(); row++) {
          int start = maps.index(channel, image, row);
          for (int column = 0; column < x.columns(); column++) {
            maps.data()[start + column] = (float) x.values()[next++];
          }
        }
      }
    }
    return maps;
  }
}
