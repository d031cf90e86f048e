package dev.darkroom.compression.context;

import java.util.Arrays;

/**
 * One plane of samples, stored by wavefront: the samples with the same {@code t = x + 2 y} stand
 * side by side, ordered by row.
 *
 * <p>The neighbour at offset (dx, dy) of a run of rows on wavefront t is a run of rows on wavefront
 * {@code t + dx + 2 dy}: one contiguous read. A margin of {@value #MARGIN} samples surrounds the
 * plane; {@link #put} fills it from coded samples alone, so a reader needs no case for edges.
 */
final class SkewedPlane {
  /** Samples around the plane that may be read, in each direction. */
  static final int MARGIN = 3;

  private final int width;
  private final int height;
  private final int stride;
  private final float[] data;

  /**
   * A plane filled with one value.
   *
   * @param width columns
   * @param height rows
   * @param initial the value of every sample and of the margin
   */
  SkewedPlane(int width, int height, float initial) {
    this.width = width;
    this.height = height;
    this.stride = stride(height);
    this.data = new float[Math.multiplyExact(steps(width, height) + 6 * MARGIN + 4, stride)];
    Arrays.fill(data, initial);
  }

  /** The number of wavefronts of a plane. */
  static int steps(int width, int height) {
    return width + 2 * (height - 1);
  }

  /**
   * The distance between wavefronts in {@link #data}: rows, margins, and a block of lanes to read
   * beyond them.
   */
  static int stride(int height) {
    return LaneKernel.roundUp(height) + LaneKernel.LANES + 2 * MARGIN;
  }

  float[] data() {
    return data;
  }

  /**
   * Where the sample at offset (dx, dy) from row {@code y} of wavefront {@code t} is in {@link
   * #data}.
   */
  int index(int t, int y, int dx, int dy) {
    return (t + dx + 2 * dy + 3 * MARGIN) * stride + y + dy + MARGIN;
  }

  float get(int x, int y) {
    return data[index(x + 2 * y, y, 0, 0)];
  }

  private void set(int x, int y, float value) {
    data[index(x + 2 * y, y, 0, 0)] = value;
  }

  /** Stores a sample, and with it the margin samples that take its value. */
  void put(int x, int y, float value) {
    set(x, y, value);
    if (x == 0 || y == 0 || x == width - 1) {
      fillMargin(x, y, value);
    }
  }

  private void fillMargin(int x, int y, float value) {
    if (x == 0) {
      for (int i = 1; i <= MARGIN; i++) {
        set(-i, y + 1, value);
      }
    }
    if (x == width - 1) {
      for (int i = 1; i <= MARGIN; i++) {
        set(width - 1 + i, y, value);
      }
    }
    if (y == 0) {
      for (int above = 1; above <= MARGIN; above++) {
        for (int i = 1; i <= MARGIN; i++) {
          if (x + i < width + MARGIN) {
            set(x + i, -above, value);
          }
        }
      }
    }
  }

  /**
   * Fills the margin below the last row, once all rows are coded, for planes that look at this one
   * from all sides.
   */
  void close() {
    for (int x = -MARGIN; x < width + MARGIN; x++) {
      set(x, height, get(x, height - 1));
    }
    for (int y = 0; y < height; y++) {
      for (int i = 1; i <= MARGIN; i++) {
        set(-i, y, get(0, y));
      }
    }
  }
}
