package dev.darkroom.compression.context;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The lanes in vector registers, whatever their width, up to a block.
 *
 * <p>The methods are small on purpose: the JIT keeps vectors in registers only within a method that
 * it compiles as a whole.
 */
final class VectorLaneKernel implements LaneKernel {
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();

  /** Rows of the equations that are worked on together. */
  private static final int GROUP = 4;

  @Override
  public void decay(
      float[] s, int count, int stride, int offset, float[] left, float[] up, int factor) {
    for (int lane = LANES - LENGTH; lane >= 0; lane -= LENGTH) {
      decayLanes(s, count, stride, offset + lane, left, up, factor + lane);
    }
  }

  private static void decayLanes(
      float[] s, int count, int stride, int offset, float[] left, float[] up, int factor) {
    FloatVector fromLeft = FloatVector.fromArray(SPECIES, left, factor);
    FloatVector fromAbove = FloatVector.fromArray(SPECIES, up, factor);
    int at = offset;
    for (int k = 0; k < count; k++) {
      FloatVector above = FloatVector.fromArray(SPECIES, s, at - 1).mul(fromAbove);
      fromLeft.fma(FloatVector.fromArray(SPECIES, s, at), above).intoArray(s, at);
      at += stride;
    }
  }

  @Override
  public void accumulate(float[] s, float[] v, float[] w, int size, int stride, int offset) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      int at = offset + lane;
      FloatVector weight = FloatVector.fromArray(SPECIES, w, at);
      int row = at;
      for (int i = 0; i < size; i++) {
        accumulateRow(
            s,
            v,
            FloatVector.fromArray(SPECIES, v, i * stride + at).mul(weight),
            i,
            stride,
            row,
            at);
        row += (i + 1) * stride;
      }
    }
  }

  private static void accumulateRow(
      float[] s, float[] v, FloatVector weighted, int i, int stride, int row, int at) {
    int entry = row;
    int other = at;
    for (int j = 0; j <= i; j++) {
      weighted
          .fma(FloatVector.fromArray(SPECIES, v, other), FloatVector.fromArray(SPECIES, s, entry))
          .intoArray(s, entry);
      entry += stride;
      other += stride;
    }
  }

  @Override
  public void solve(
      float[] s,
      float[] v,
      int n,
      int stride,
      int offset,
      float ridge,
      float[] scratch,
      float[] out) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      solveLanes(s, v, n, stride, offset + lane, ridge, scratch, out);
    }
  }

  private static void solveLanes(
      float[] s,
      float[] v,
      int n,
      int stride,
      int offset,
      float ridge,
      float[] scratch,
      float[] out) {
    int rows = n + 2;
    int column = (rows + GROUP - 1) * LENGTH;
    load(s, v, n, stride, offset, scratch, column);
    for (int j = 0; j < n; j++) {
      for (int i = j; i < rows; i += GROUP) {
        subtractProducts(scratch, i * LENGTH, j * LENGTH, j, column);
      }
      int pivot = j * column + j * LENGTH;
      FloatVector inverse =
          inverseRoot(scratch, pivot, s, (triangle(j) + j) * stride + offset, ridge);
      scale(scratch, pivot + LENGTH, j * column + rows * LENGTH, inverse);
    }
    product(scratch, n, column).intoArray(out, offset);
  }

  /**
   * Copies the equations into columns of vectors: column j holds the rows from j on, then the right
   * side, then the regressors.
   */
  private static void load(
      float[] s, float[] v, int n, int stride, int offset, float[] scratch, int column) {
    int from = offset;
    for (int i = 0; i <= n; i++) {
      int to = i * LENGTH;
      for (int j = 0; j <= i && j < n; j++) {
        FloatVector.fromArray(SPECIES, s, from).intoArray(scratch, to);
        from += stride;
        to += column;
      }
    }
    int to = (n + 1) * LENGTH;
    for (int j = 0; j < n; j++) {
      FloatVector.fromArray(SPECIES, v, j * stride + offset).intoArray(scratch, to);
      to += column;
    }
  }

  /**
   * Subtracts from four rows of column j the products of their entries and row j's in all earlier
   * columns.
   */
  private static void subtractProducts(
      float[] scratch, int first, int own, int columns, int column) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    int shift = 0;
    for (int k = 0; k < columns; k++) {
      FloatVector a = FloatVector.fromArray(SPECIES, scratch, shift + own);
      int at = shift + first;
      sum0 = FloatVector.fromArray(SPECIES, scratch, at).fma(a, sum0);
      sum1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH).fma(a, sum1);
      sum2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH).fma(a, sum2);
      sum3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH).fma(a, sum3);
      shift += column;
    }
    int to = shift + first;
    FloatVector.fromArray(SPECIES, scratch, to).sub(sum0).intoArray(scratch, to);
    FloatVector.fromArray(SPECIES, scratch, to + LENGTH).sub(sum1).intoArray(scratch, to + LENGTH);
    FloatVector.fromArray(SPECIES, scratch, to + 2 * LENGTH)
        .sub(sum2)
        .intoArray(scratch, to + 2 * LENGTH);
    FloatVector.fromArray(SPECIES, scratch, to + 3 * LENGTH)
        .sub(sum3)
        .intoArray(scratch, to + 3 * LENGTH);
  }

  private static FloatVector inverseRoot(
      float[] scratch, int pivot, float[] s, int diagonal, float ridge) {
    FloatVector share = FloatVector.fromArray(SPECIES, s, diagonal).mul(RELATIVE_RIDGE).add(ridge);
    FloatVector limited =
        FloatVector.fromArray(SPECIES, scratch, pivot).add(share).max(LEAST_PIVOT);
    return FloatVector.broadcast(SPECIES, 1f).div(limited.lanewise(VectorOperators.SQRT));
  }

  private static void scale(float[] scratch, int from, int to, FloatVector factor) {
    for (int at = from; at < to; at += LENGTH) {
      FloatVector.fromArray(SPECIES, scratch, at).mul(factor).intoArray(scratch, at);
    }
  }

  private static FloatVector product(float[] scratch, int n, int column) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int at = n * LENGTH;
    for (int j = 0; j < n; j++) {
      FloatVector z = FloatVector.fromArray(SPECIES, scratch, at);
      sum = z.fma(FloatVector.fromArray(SPECIES, scratch, at + LENGTH), sum);
      at += column;
    }
    return sum;
  }

  private static int triangle(int i) {
    return i * (i + 1) / 2;
  }

  @Override
  public void dense(
      float[] weights,
      float[] bias,
      int inputs,
      int outputs,
      boolean relu,
      float[] in,
      float[] out,
      int stride,
      int offset) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      for (int o = 0; o < outputs; o += 8) {
        eightOutputs(
            weights,
            bias,
            inputs,
            o,
            relu ? 0f : Float.NEGATIVE_INFINITY,
            in,
            out,
            stride,
            offset + lane);
      }
    }
  }

  private static void eightOutputs(
      float[] weights,
      float[] bias,
      int inputs,
      int o,
      float least,
      float[] in,
      float[] out,
      int stride,
      int offset) {
    FloatVector a0 = FloatVector.broadcast(SPECIES, bias[o]);
    FloatVector a1 = FloatVector.broadcast(SPECIES, bias[o + 1]);
    FloatVector a2 = FloatVector.broadcast(SPECIES, bias[o + 2]);
    FloatVector a3 = FloatVector.broadcast(SPECIES, bias[o + 3]);
    FloatVector a4 = FloatVector.broadcast(SPECIES, bias[o + 4]);
    FloatVector a5 = FloatVector.broadcast(SPECIES, bias[o + 5]);
    FloatVector a6 = FloatVector.broadcast(SPECIES, bias[o + 6]);
    FloatVector a7 = FloatVector.broadcast(SPECIES, bias[o + 7]);
    int w = o * inputs;
    int from = offset;
    for (int i = 0; i < inputs; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from);
      a0 = x.fma(FloatVector.broadcast(SPECIES, weights[w]), a0);
      a1 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 1]), a1);
      a2 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 2]), a2);
      a3 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 3]), a3);
      a4 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 4]), a4);
      a5 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 5]), a5);
      a6 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 6]), a6);
      a7 = x.fma(FloatVector.broadcast(SPECIES, weights[w + 7]), a7);
      w += 8;
      from += stride;
    }
    int to = o * stride + offset;
    a0.max(least).intoArray(out, to);
    a1.max(least).intoArray(out, to + stride);
    a2.max(least).intoArray(out, to + 2 * stride);
    a3.max(least).intoArray(out, to + 3 * stride);
    a4.max(least).intoArray(out, to + 4 * stride);
    a5.max(least).intoArray(out, to + 5 * stride);
    a6.max(least).intoArray(out, to + 6 * stride);
    a7.max(least).intoArray(out, to + 7 * stride);
  }
}
