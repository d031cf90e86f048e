package dev.darkroom.compression.context;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The lanes in vector registers, whatever their width, up to a block.
 *
 * <p>The methods are small on purpose: the JIT keeps vectors in registers only within a method that it compiles as a whole.
 */
final class VectorLaneKernel implements LaneKernel {
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LANES ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();

  @Override
  public void decay(float[] s, int count, int stride, int offset, float[] left, float[] up, int factor) {
    for (int lane = LANES - LENGTH; lane >= 0; lane -= LENGTH) {
      decayLanes(s, count, stride, offset + lane, left, up, factor + lane);
    }
  }

  private static void decayLanes(float[] s, int count, int stride, int offset, float[] left, float[] up, int factor) {
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
        accumulateRow(s, v, FloatVector.fromArray(SPECIES, v, i * stride + at).mul(weight), i, stride, row, at);
        row += (i + 1) * stride;
      }
    }
  }

  private static void accumulateRow(float[] s, float[] v, FloatVector weighted, int i, int stride, int row, int at) {
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
  public void solve(float[] s, float[] v, int n, int stride, int offset, float ridge, float[] scratch, float[] out) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      solveLanes(s, v, n, stride, offset + lane, ridge, scratch, out);
    }
  }

  private static void solveLanes(
      float[] s, float[] v, int n, int stride, int offset, float ridge, float[] scratch, float[] out) {
    int rows = n + 2;
    for (int j = 0; j < n; j++) {
      FloatVector inverse = pivot(s, triangle(j, j) * stride + offset, ridge, scratch, rows, j);
      int i = j + 1;
      for (; i + 3 <= n; i += 4) {
        fourRows(s, stride, offset, scratch, rows, i, j, inverse);
      }
      for (; i <= n; i++) {
        oneRow(FloatVector.fromArray(SPECIES, s, triangle(i, j) * stride + offset), scratch, rows, i, j, inverse);
      }
      oneRow(FloatVector.fromArray(SPECIES, v, j * stride + offset), scratch, rows, n + 1, j, inverse);
    }
    product(scratch, rows, n).intoArray(out, offset);
  }

  private static FloatVector pivot(float[] s, int at, float ridge, float[] scratch, int rows, int j) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int k = 0; k < j; k++) {
      FloatVector a = FloatVector.fromArray(SPECIES, scratch, (k * rows + j) * LENGTH);
      sum = a.fma(a, sum);
    }
    FloatVector diagonal = FloatVector.fromArray(SPECIES, s, at);
    FloatVector ridged = diagonal.fma(FloatVector.broadcast(SPECIES, RELATIVE_RIDGE), diagonal).add(ridge);
    FloatVector pivot = ridged.sub(sum).max(LEAST_PIVOT);
    return FloatVector.broadcast(SPECIES, 1f).div(pivot.lanewise(VectorOperators.SQRT));
  }

  private static void oneRow(FloatVector entry, float[] scratch, int rows, int i, int j, FloatVector inverse) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int k = 0; k < j; k++) {
      FloatVector a = FloatVector.fromArray(SPECIES, scratch, (k * rows + j) * LENGTH);
      sum = FloatVector.fromArray(SPECIES, scratch, (k * rows + i) * LENGTH).fma(a, sum);
    }
    entry.sub(sum).mul(inverse).intoArray(scratch, (j * rows + i) * LENGTH);
  }

  private static void fourRows(
      float[] s, int stride, int offset, float[] scratch, int rows, int i, int j, FloatVector inverse) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    int own = j * LENGTH;
    int other = i * LENGTH;
    for (int k = 0; k < j; k++) {
      FloatVector a = FloatVector.fromArray(SPECIES, scratch, own);
      sum0 = FloatVector.fromArray(SPECIES, scratch, other).fma(a, sum0);
      sum1 = FloatVector.fromArray(SPECIES, scratch, other + LENGTH).fma(a, sum1);
      sum2 = FloatVector.fromArray(SPECIES, scratch, other + 2 * LENGTH).fma(a, sum2);
      sum3 = FloatVector.fromArray(SPECIES, scratch, other + 3 * LENGTH).fma(a, sum3);
      own += rows * LENGTH;
      other += rows * LENGTH;
    }
    int to = (j * rows + i) * LENGTH;
    int from = triangle(i, j) * stride + offset;
    FloatVector.fromArray(SPECIES, s, from).sub(sum0).mul(inverse).intoArray(scratch, to);
    from += (i + 1) * stride;
    FloatVector.fromArray(SPECIES, s, from).sub(sum1).mul(inverse).intoArray(scratch, to + LENGTH);
    from += (i + 2) * stride;
    FloatVector.fromArray(SPECIES, s, from).sub(sum2).mul(inverse).intoArray(scratch, to + 2 * LENGTH);
    from += (i + 3) * stride;
    FloatVector.fromArray(SPECIES, s, from).sub(sum3).mul(inverse).intoArray(scratch, to + 3 * LENGTH);
  }

  private static FloatVector product(float[] scratch, int rows, int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = 0; j < n; j++) {
      FloatVector z = FloatVector.fromArray(SPECIES, scratch, (j * rows + n) * LENGTH);
      sum = z.fma(FloatVector.fromArray(SPECIES, scratch, (j * rows + n + 1) * LENGTH), sum);
    }
    return sum;
  }

  private static int triangle(int i, int j) {
    return i * (i + 1) / 2 + j;
  }

  @Override
  public void dense(
      float[] weights, float[] bias, int inputs, int outputs, boolean relu, float[] in, float[] out, int stride, int offset) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      for (int o = 0; o < outputs; o += 8) {
        eightOutputs(weights, bias, inputs, o, relu ? 0f : Float.NEGATIVE_INFINITY, in, out, stride, offset + lane);
      }
    }
  }

  private static void eightOutputs(
      float[] weights, float[] bias, int inputs, int o, float least, float[] in, float[] out, int stride, int offset) {
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
