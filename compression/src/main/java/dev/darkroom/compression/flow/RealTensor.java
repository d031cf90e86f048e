package dev.darkroom.compression.flow;

/**
 * Real numbers by channel, image, row and column: what a {@link FixedPointTensor} approximates.
 * Only for measuring.
 */
@SuppressWarnings("ArrayRecordComponent")
record RealTensor(int channels, int images, int rows, int columns, double[] values) {
  /** The real numbers in the middle of the intervals that the integers stand for. */
  static RealTensor of(FixedPointTensor tensor) {
    double[] values = new double[tensor.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (tensor.values()[i] + 0.5) / FixedPoint.ONE;
    }
    return new RealTensor(
        tensor.channels(), tensor.images(), tensor.rows(), tensor.columns(), values);
  }

  int planeSize() {
    return images * rows * columns;
  }
}
