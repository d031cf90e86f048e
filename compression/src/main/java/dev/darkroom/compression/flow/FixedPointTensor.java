package dev.darkroom.compression.flow;

import java.util.Arrays;
import java.util.Objects;

/**
 * Integers by channel, image, row and column. The values array is shared, not copied, and layers
 * work in place.
 *
 * @param channels 0 or more
 * @param images 1 or more
 * @param rows 1 or more
 * @param columns 1 or more
 * @param values {@code channels * images * rows * columns} numbers
 */
public record FixedPointTensor(int channels, int images, int rows, int columns, int[] values) {
  /**
   * Checks that shape and values agree.
   *
   * @throws IllegalArgumentException naming what does not fit
   */
  public FixedPointTensor {
    if (channels < 0 || images < 1 || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "a tensor can't have %d channels of %d images of %d x %d"
              .formatted(channels, images, rows, columns));
    }
    long expected = (long) channels * images * rows * columns;
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "values must hold " + expected + " numbers, not " + values.length);
    }
  }

  /** A tensor of zeros. */
  static FixedPointTensor zeros(int channels, int images, int rows, int columns) {
    int size = Math.multiplyExact(Math.multiplyExact(channels, images), rows * columns);
    return new FixedPointTensor(channels, images, rows, columns, new int[size]);
  }

  /** The number of values of a channel: images x rows x columns. */
  public int planeSize() {
    return images * rows * columns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FixedPointTensor that
        && channels == that.channels
        && images == that.images
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(channels, images, rows, columns, Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return "FixedPointTensor[%d channels, %d images, %d x %d]"
        .formatted(channels, images, rows, columns);
  }
}
