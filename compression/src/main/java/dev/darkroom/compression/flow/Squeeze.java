package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;

/**
 * Turns each 2 x 2 block of an image into one pixel of four times as many channels: all channels of
 * the upper left pixel, then of the lower right, the upper right and the lower left one.
 */
final class Squeeze implements FlowLayer {
  private static final int[] ROWS = {0, 1, 0, 1};
  private static final int[] COLUMNS = {0, 1, 1, 0};

  @Override
  public int channelsAfter(int channels) {
    return 4 * channels;
  }

  @Override
  public FixedPointTensor forward(FixedPointTensor x, BitStack bits) {
    requireEven(x.rows(), x.columns());
    FixedPointTensor z =
        FixedPointTensor.zeros(4 * x.channels(), x.images(), x.rows() / 2, x.columns() / 2);
    for (int i = 0; i < z.values().length; i++) {
      z.values()[i] = x.values()[source(i, x.channels(), z.planeSize(), z.columns())];
    }
    return z;
  }

  @Override
  public FixedPointTensor inverse(FixedPointTensor z, BitStack bits) {
    FixedPointTensor x =
        FixedPointTensor.zeros(z.channels() / 4, z.images(), z.rows() * 2, z.columns() * 2);
    for (int i = 0; i < z.values().length; i++) {
      x.values()[source(i, x.channels(), z.planeSize(), z.columns())] = z.values()[i];
    }
    return x;
  }

  @Override
  public RealTensor transform(RealTensor x, LogDensity density) {
    requireEven(x.rows(), x.columns());
    RealTensor z =
        new RealTensor(
            4 * x.channels(),
            x.images(),
            x.rows() / 2,
            x.columns() / 2,
            new double[x.values().length]);
    for (int i = 0; i < z.values().length; i++) {
      z.values()[i] = x.values()[source(i, x.channels(), z.planeSize(), z.columns())];
    }
    return z;
  }

  /** The index before squeezing of the value at an index after it. */
  private static int source(int index, int channels, int plane, int columns) {
    int phase = index / plane / channels;
    int channel = index / plane % channels;
    int row = index % plane / columns; // images follow each other, each with an even row count
    int column = index % columns;
    return channel * 4 * plane
        + (2 * row + ROWS[phase]) * 2 * columns
        + 2 * column
        + COLUMNS[phase];
  }

  private static void requireEven(int rows, int columns) {
    if (rows % 2 != 0 || columns % 2 != 0) {
      throw new IllegalArgumentException(
          "only an even number of rows and columns can be squeezed, not %d x %d"
              .formatted(rows, columns));
    }
  }
}
