package dev.darkroom.compression.context;

/**
 * The arithmetic of the codec over blocks of {@value #LANES} pixels of one wavefront.
 *
 * <p>Each lane is one pixel, and no operation mixes lanes: an implementation may run the lanes in
 * any grouping and gives the same bits, as long as each lane performs the IEEE 754 operations
 * documented here in the order documented here. Offsets count floats; a block is {@value #LANES}
 * contiguous floats. Exponentials are those of {@link Exponential}.
 */
interface LaneKernel {
  /** Pixels in a block. */
  int LANES = 16;

  /** Floats from one coefficient of a block's equations to the next. */
  int CELL = LANES + 4;

  /** Where in a cell the lanes begin; the float before them is that of the row above the block. */
  int CELL_LANES = 4;

  /** The share of a matrix' diagonal that is added to it. */
  float RELATIVE_RIDGE = 0.0005f;

  /** The least pivot. */
  float LEAST_PIVOT = 1e-3f;

  /** The least multiple of {@link #LANES} that is at least {@code n}. */
  static int roundUp(int n) {
    return (n + LANES - 1) & -LANES;
  }

  /**
   * Moves the equations of a block to their new position and predicts.
   *
   * <p>Each coefficient becomes {@code fma(left, s, up * s of the row above)}. The lower triangle
   * is then read, row by row, as the matrix A of {@code n} rows followed by the right side b as row
   * n, and {@code v . (A + ridge)^-1 b} computed by Cholesky factorisation: columns j ascending,
   * the products of earlier columns are summed by fma in ascending order and subtracted from the
   * entry; the pivot {@code (a - sum) + (a * }{@value #RELATIVE_RIDGE}{@code + ridge)} is at least
   * {@value #LEAST_PIVOT}; the rows below, b and v are multiplied with {@code 1 / sqrt(pivot)}. The
   * prediction sums {@code b_j v_j} by fma, j ascending.
   *
   * @param equations (n + 1)(n + 2) / 2 cells from {@code cell} on
   * @param left one decay factor per lane, from the pixel to the left, at {@code offset}
   * @param up one decay factor per lane, from the pixel above right, at {@code offset}
   * @param values n regressors of a block each, from {@code value} on
   * @param scratch at least {@code ((n + 5) * n + 2) * LANES} floats
   * @param out receives one prediction per lane at {@code offset}
   */
  void predict(
      float[] equations,
      int cell,
      float[] left,
      float[] up,
      float[] values,
      int value,
      int n,
      float ridge,
      float[] scratch,
      float[] out,
      int offset);

  /**
   * Adds a weighted observation to the equations: {@code s[i, j] = fma(w * v[i], v[j], s[i, j])}
   * for all {@code j <= i < size}.
   *
   * @param weights one per lane, at {@code offset}
   */
  void accumulate(
      float[] equations,
      int cell,
      float[] values,
      int value,
      int size,
      float[] weights,
      int offset);

  /**
   * A dense layer over some blocks, {@code out[o] = bias[o] + sum_i in[i] * w[o, i]}, by fma with i
   * ascending, starting from the bias.
   *
   * @param layer weights in groups of 8 outputs, {@code [outputs / 8][inputs][8]}
   * @param relu whether negative results become zero
   * @param stride floats between the values of one lane
   * @param offset where the first block starts
   * @param blocks how many blocks, one after the other
   */
  void dense(
      ContextModel.Layer layer,
      boolean relu,
      float[] in,
      float[] out,
      int stride,
      int offset,
      int blocks);

  /**
   * Turns a block's raw parameters into mixtures, in place: logits into weights that add up to
   * {@link LogisticMixture#SLOTS}, shifts into centres {@code fma(scale, shift, prediction)},
   * logarithms of scales into reciprocals {@code exp(-limited) * unit}.
   *
   * @param parameters logits, shifts, logarithms of scales of each component, {@code stride} apart
   */
  void mixture(
      float[] parameters,
      int components,
      int stride,
      int offset,
      float[] prediction,
      float[] scale,
      float[] unit);

  /**
   * Integrates one mixture up to {@value #LANES} neighbouring values: {@code out[i] = sum_k w_k /
   * (1 + exp((c_k - x) * r_k))} with {@code x = base + i - 0.5}, k ascending.
   */
  void integrate(float[] weights, float[] centres, float[] inverses, int base, float[] out);
}
