package dev.darkroom.compression.context;

/**
 * A recursive weighted least-squares predictor of one plane.
 *
 * <p>Each pixel is regressed on its neighbours, all taken as differences from a local base. The
 * normal equations at (x, y) are {@code left} times those at (x - 1, y) plus {@code up} times those
 * at (x + 1, y - 1) plus the weighted outer product of the pixel itself, so that near pixels count
 * most (B. Meyer and P. Tischer, "GLICBAWLS - Grey Level Image Compression by Adaptive Weighted
 * Least Squares", DCC 2001).
 */
final class LeastSquares {
  /**
   * Columns before and after a row at which its equations are carried on, unweighted, from the row
   * above.
   */
  static final int RUN_IN = 2;

  private final LaneKernel kernel;
  private final SkewedPlane[] planes;
  private final int own;
  private final int[][] neighbours;
  private final LeastSquaresShape shape;
  private final int width;
  private final int cells;
  private final float[] equations;
  private final float[] values;
  private final float[] bases;
  private final float[] average = new float[LaneKernel.LANES];
  private final float[] scratch;
  private final float[] left;
  private final float[] up;
  private final float[] prediction;

  /**
   * @param planes the planes decoded so far, the one to predict last
   * @param shape which neighbours to regress on, and how fast to forget
   */
  LeastSquares(
      LaneKernel kernel, SkewedPlane[] planes, LeastSquaresShape shape, int width, int height) {
    this.kernel = kernel;
    this.planes = planes.clone();
    this.own = planes.length - 1;
    this.shape = shape;
    this.neighbours = shape.neighbours(planes.length);
    this.width = width;
    int lanes = lanes(height);
    int blocks = LaneKernel.roundUp(height) / LaneKernel.LANES;
    int n = neighbours.length;
    this.cells = (n + 1) * (n + 2) / 2;
    this.equations = new float[blocks * cells * LaneKernel.CELL];
    this.values = new float[blocks * (n + 1) * LaneKernel.LANES];
    this.bases = new float[lanes];
    this.scratch = new float[((n + 5) * n + 2) * LaneKernel.LANES];
    this.left = new float[lanes];
    this.up = new float[lanes];
    this.prediction = new float[lanes];
  }

  /** The predictions of the wavefront, one per row, from {@link #lane} on. */
  float[] prediction() {
    return prediction;
  }

  /** Where row {@code y} is in {@link #prediction} and the arrays given to {@link #learn}. */
  static int lane(int y) {
    return y + 1;
  }

  /** The distance between arrays of lanes, and their length, for a plane of so many rows. */
  static int lanes(int height) {
    return LaneKernel.roundUp(height) + LaneKernel.LANES;
  }

  /**
   * Predicts a block of rows of wavefront {@code t}; blocks must come from the last row upwards.
   */
  void predict(int t, int row) {
    int offset = lane(row);
    for (int i = 0; i < LaneKernel.LANES; i++) {
      int x = t - 2 * (row + i);
      boolean inside = x >= -RUN_IN && x < width + RUN_IN;
      left[offset + i] = inside ? shape.left() : 0f;
      up[offset + i] = inside ? shape.up() : 0f;
    }
    int block = row / LaneKernel.LANES;
    int cell = block * cells * LaneKernel.CELL;
    if (block > 0) {
      carry(equations, cell - cells * LaneKernel.CELL, cell, cells);
    }
    int n = neighbours.length;
    int value = block * (n + 1) * LaneKernel.LANES;
    gather(t, row, offset, value);
    kernel.predict(
        equations, cell, left, up, values, value, n, shape.ridge(), scratch, prediction, offset);
    for (int i = offset; i < offset + LaneKernel.LANES; i++) {
      float p = prediction[i] + bases[i];
      prediction[i] = p >= 0f ? Math.min(p, 255f) : 0f;
    }
  }

  /** Shows the equations of one block's last row to the block below. */
  private static void carry(float[] equations, int from, int to, int cells) {
    int last = from + LaneKernel.CELL_LANES + LaneKernel.LANES - 1;
    int above = to + LaneKernel.CELL_LANES - 1;
    for (int k = 0; k < cells * LaneKernel.CELL; k += LaneKernel.CELL) {
      equations[above + k] = equations[last + k];
    }
  }

  private void gather(int t, int row, int offset, int value) {
    int base = -1;
    for (int i = 0; i < neighbours.length; i++) {
      int plane = neighbours[i][2];
      if (plane != base) {
        base = plane;
        average(planes[plane], t, row);
        if (plane == own) {
          System.arraycopy(average, 0, bases, offset, LaneKernel.LANES);
        }
      }
      float[] data = planes[plane].data();
      int from = planes[plane].index(t, row, neighbours[i][0], neighbours[i][1]);
      int to = value + i * LaneKernel.LANES;
      for (int k = 0; k < LaneKernel.LANES; k++) {
        values[to + k] = data[from + k] - average[k];
      }
    }
  }

  private void average(SkewedPlane plane, int t, int row) {
    float[] data = plane.data();
    int west = plane.index(t, row, -1, 0);
    int north = plane.index(t, row, 0, -1);
    for (int k = 0; k < LaneKernel.LANES; k++) {
      average[k] = 0.5f * (data[west + k] + data[north + k]);
    }
  }

  /**
   * Takes the decoded samples of a block into the equations.
   *
   * @param samples one per lane
   * @param weights one per lane; zero where the lane has no pixel on this wavefront
   */
  void learn(int row, float[] samples, float[] weights) {
    int offset = lane(row);
    int block = row / LaneKernel.LANES;
    int n = neighbours.length;
    int value = block * (n + 1) * LaneKernel.LANES;
    int target = value + n * LaneKernel.LANES;
    for (int k = 0; k < LaneKernel.LANES; k++) {
      values[target + k] = samples[offset + k] - bases[offset + k];
    }
    int cell = block * cells * LaneKernel.CELL;
    kernel.accumulate(equations, cell, values, value, n + 1, weights, offset);
  }
}
