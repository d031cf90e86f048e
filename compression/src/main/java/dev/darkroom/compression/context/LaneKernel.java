package dev.darkroom.compression.context;

/**
 * The arithmetic of the codec over blocks of {@value #LANES} pixels of one wavefront.
 *
 * <p>Each lane is one pixel, and no operation mixes lanes: an implementation may run the lanes in
 * any grouping and gives the same bits, as long as each lane performs the IEEE 754 operations
 * documented here in the order documented here. Offsets count floats; a block is {@value #LANES}
 * contiguous floats.
 */
interface LaneKernel {
  /** Pixels in a block. */
  int LANES = 16;

  /** The least multiple of {@link #LANES} that is at least {@code n}. */
  static int roundUp(int n) {
    return (n + LANES - 1) & -LANES;
  }

  /**
   * Decays the normal equations of a block towards its new position, {@code s[k] = fma(left, s[k],
   * up * s[k, row above])} for each of {@code count} coefficients.
   *
   * @param s coefficients, {@code stride} floats apart, lanes contiguous; read at {@code offset -
   *     1} for the row above
   * @param left one decay factor per lane, from the pixel to the left
   * @param up one decay factor per lane, from the pixel above right
   * @param factor where the decay factors of the block start
   */
  void decay(float[] s, int count, int stride, int offset, float[] left, float[] up, int factor);

  /**
   * Adds a weighted observation to the normal equations: {@code s[i, j] = fma(w * v[i], v[j], s[i,
   * j])} for all {@code j <= i}, row by row.
   *
   * @param v the observation, {@code size} values per lane, {@code stride} apart
   * @param w the weight per lane, at {@code offset}
   */
  void accumulate(float[] s, float[] v, float[] w, int size, int stride, int offset);

  /**
   * Solves the normal equations of a block and predicts: with the lower triangle of {@code s} read
   * as the matrix A of {@code n} rows followed by the right side b as row n, computes {@code v . (A
   * + ridge)^-1 b} by Cholesky factorisation.
   *
   * <p>Columns j ascending: the products of earlier columns are summed by fma in ascending order
   * and subtracted from the entry; the pivot {@code (a - sum) + (a * }{@value
   * #RELATIVE_RIDGE}{@code + ridge)} is at least {@value #LEAST_PIVOT}; rows below are multiplied
   * with {@code 1 / sqrt(pivot)}. The prediction sums {@code y_j z_j} by fma, j ascending.
   *
   * @param v the regressors, {@code stride} apart; value n is not read
   * @param scratch at least {@code (n + 5) * n * LANES} floats
   * @param out receives one prediction per lane at {@code offset}
   */
  void solve(
      float[] s,
      float[] v,
      int n,
      int stride,
      int offset,
      float ridge,
      float[] scratch,
      float[] out);

  /**
   * A dense layer over a block, {@code out[o] = bias[o] + sum_i in[i] * w[o, i]}, by fma with i
   * ascending, starting from the bias.
   *
   * @param weights in groups of 8 outputs: {@code [outputs / 8][inputs][8]}
   * @param outputs a multiple of 8
   * @param relu whether negative results become zero
   */
  void dense(
      float[] weights,
      float[] bias,
      int inputs,
      int outputs,
      boolean relu,
      float[] in,
      float[] out,
      int stride,
      int offset);

  /** The share of a matrix' diagonal that is added to it. */
  float RELATIVE_RIDGE = 0.0005f;

  /** The least pivot. */
  float LEAST_PIVOT = 1e-3f;
}
