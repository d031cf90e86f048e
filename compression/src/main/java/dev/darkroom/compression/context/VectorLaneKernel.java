package dev.darkroom.compression.context;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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

  private static final float[] STEPS = steps();

  private static float[] steps() {
    float[] steps = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      steps[i] = i;
    }
    return steps;
  }

  @Override
  public void predict(
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
      int offset) {
    int column = (n + 2 + GROUP - 1) * LENGTH;
    for (int lane = LANES - LENGTH; lane >= 0; lane -= LENGTH) {
      int first = cell + CELL_LANES + lane;
      int at = first;
      for (int i = 0; i <= n; i++) {
        decayRow(equations, at, left, up, offset + lane, i + 1, n, scratch, i * LENGTH, column);
        at += (i + 1) * CELL;
      }
      loadValues(values, value + lane, n, scratch, column);
      factor(n, equations, first, ridge, scratch, column);
      product(scratch, n, column, out, offset + lane);
    }
  }

  /** Decays a row of the equations, and copies it into the columns of the factorisation. */
  private static void decayRow(
      float[] equations,
      int first,
      float[] left,
      float[] up,
      int factor,
      int count,
      int columns,
      float[] scratch,
      int row,
      int column) {
    FloatVector fromLeft = FloatVector.fromArray(SPECIES, left, factor);
    FloatVector fromAbove = FloatVector.fromArray(SPECIES, up, factor);
    int at = first;
    int to = row;
    for (int j = 0; j < count; j++) {
      FloatVector above = FloatVector.fromArray(SPECIES, equations, at - 1).mul(fromAbove);
      FloatVector now = fromLeft.fma(FloatVector.fromArray(SPECIES, equations, at), above);
      now.intoArray(equations, at);
      if (j < columns) {
        now.intoArray(scratch, to);
      }
      at += CELL;
      to += column;
    }
  }

  private static void loadValues(float[] values, int value, int n, float[] scratch, int column) {
    int to = (n + 1) * LENGTH;
    int from = value;
    for (int j = 0; j < n; j++) {
      FloatVector.fromArray(SPECIES, values, from).intoArray(scratch, to);
      from += LANES;
      to += column;
    }
  }

  /**
   * Columns are worked on in pairs, so that each row is read once for two of them; the sums still
   * run over the earlier columns in ascending order.
   */
  private static void factor(
      int n, float[] equations, int first, float ridge, float[] scratch, int column) {
    int rows = n + 2;
    int inverse = n * column;
    int j = 0;
    for (; j + 1 < n; j += 2) {
      int own = j * LENGTH;
      pairPivots(
          scratch,
          own,
          j,
          column,
          equations,
          first + diagonal(j),
          first + diagonal(j + 1),
          ridge,
          inverse);
      for (int i = j + GROUP; i < rows; i += GROUP) {
        pairProducts(scratch, i * LENGTH, own, j, column, inverse);
      }
    }
    if (j < n) {
      int pivot = j * column + j * LENGTH;
      subtractProducts(scratch, j * LENGTH, j * LENGTH, j, column);
      inverse(FloatVector.fromArray(SPECIES, scratch, pivot), equations, first + diagonal(j), ridge)
          .intoArray(scratch, inverse);
      scaleGroup(scratch, pivot, inverse);
      for (int i = j + GROUP; i < rows; i += GROUP) {
        subtractProducts(scratch, i * LENGTH, j * LENGTH, j, column);
        scaleGroup(scratch, j * column + i * LENGTH, inverse);
      }
    }
  }

  /** Where a row's entry on the diagonal is in a block's equations. */
  private static int diagonal(int row) {
    return (row * (row + 3) / 2) * CELL;
  }

  /**
   * Finishes two columns in four rows, the first two of which hold their pivots, and stores the
   * factors that scale the rows below. The entry above the second pivot is left without a meaning.
   */
  private static void pairPivots(
      float[] scratch,
      int own,
      int columns,
      int column,
      float[] equations,
      int diagonal0,
      int diagonal1,
      float ridge,
      int inverse) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    int at = own;
    for (int k = 0; k < columns; k++) {
      FloatVector r0 = FloatVector.fromArray(SPECIES, scratch, at);
      FloatVector r1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH);
      FloatVector r2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH);
      FloatVector r3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH);
      a0 = r0.fma(r0, a0);
      a1 = r1.fma(r0, a1);
      a2 = r2.fma(r0, a2);
      a3 = r3.fma(r0, a3);
      b1 = r1.fma(r1, b1);
      b2 = r2.fma(r1, b2);
      b3 = r3.fma(r1, b3);
      at += column;
    }
    FloatVector inverse0 =
        inverse(FloatVector.fromArray(SPECIES, scratch, at).sub(a0), equations, diagonal0, ridge);
    a1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH).sub(a1).mul(inverse0);
    a2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH).sub(a2).mul(inverse0);
    a3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH).sub(a3).mul(inverse0);
    inverse0.intoArray(scratch, inverse);
    a1.intoArray(scratch, at + LENGTH);
    a2.intoArray(scratch, at + 2 * LENGTH);
    a3.intoArray(scratch, at + 3 * LENGTH);
    at += column;
    b1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH).sub(a1.fma(a1, b1));
    FloatVector inverse1 = inverse(b1, equations, diagonal1, ridge);
    b2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH).sub(a2.fma(a1, b2));
    b3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH).sub(a3.fma(a1, b3));
    inverse1.intoArray(scratch, inverse + LENGTH);
    b2.mul(inverse1).intoArray(scratch, at + 2 * LENGTH);
    b3.mul(inverse1).intoArray(scratch, at + 3 * LENGTH);
  }

  /** One over the root of a pivot. */
  private static FloatVector inverse(
      FloatVector pivot, float[] equations, int diagonal, float ridge) {
    FloatVector share =
        FloatVector.fromArray(SPECIES, equations, diagonal).mul(RELATIVE_RIDGE).add(ridge);
    FloatVector limited = pivot.add(share).max(LEAST_PIVOT);
    return FloatVector.broadcast(SPECIES, 1f).div(limited.lanewise(VectorOperators.SQRT));
  }

  /** Finishes two columns in four rows below their pivots. */
  private static void pairProducts(
      float[] scratch, int first, int own, int columns, int column, int inverse) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    int from = own;
    int at = first;
    for (int k = 0; k < columns; k++) {
      FloatVector a = FloatVector.fromArray(SPECIES, scratch, from);
      FloatVector b = FloatVector.fromArray(SPECIES, scratch, from + LENGTH);
      FloatVector r0 = FloatVector.fromArray(SPECIES, scratch, at);
      a0 = r0.fma(a, a0);
      b0 = r0.fma(b, b0);
      FloatVector r1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH);
      a1 = r1.fma(a, a1);
      b1 = r1.fma(b, b1);
      FloatVector r2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH);
      a2 = r2.fma(a, a2);
      b2 = r2.fma(b, b2);
      FloatVector r3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH);
      a3 = r3.fma(a, a3);
      b3 = r3.fma(b, b3);
      from += column;
      at += column;
    }
    FloatVector factor = FloatVector.fromArray(SPECIES, scratch, inverse);
    a0 = FloatVector.fromArray(SPECIES, scratch, at).sub(a0).mul(factor);
    a1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH).sub(a1).mul(factor);
    a2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH).sub(a2).mul(factor);
    a3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH).sub(a3).mul(factor);
    a0.intoArray(scratch, at);
    a1.intoArray(scratch, at + LENGTH);
    a2.intoArray(scratch, at + 2 * LENGTH);
    a3.intoArray(scratch, at + 3 * LENGTH);
    FloatVector b = FloatVector.fromArray(SPECIES, scratch, from + LENGTH);
    at += column;
    factor = FloatVector.fromArray(SPECIES, scratch, inverse + LENGTH);
    b0 = FloatVector.fromArray(SPECIES, scratch, at).sub(a0.fma(b, b0));
    b1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH).sub(a1.fma(b, b1));
    b2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH).sub(a2.fma(b, b2));
    b3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH).sub(a3.fma(b, b3));
    b0.mul(factor).intoArray(scratch, at);
    b1.mul(factor).intoArray(scratch, at + LENGTH);
    b2.mul(factor).intoArray(scratch, at + 2 * LENGTH);
    b3.mul(factor).intoArray(scratch, at + 3 * LENGTH);
  }

  /**
   * Subtracts, from four rows of a column, the products of their earlier entries with one row's.
   */
  private static void subtractProducts(
      float[] scratch, int first, int own, int columns, int column) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    int from = own;
    int at = first;
    for (int k = 0; k < columns; k++) {
      FloatVector a = FloatVector.fromArray(SPECIES, scratch, from);
      sum0 = FloatVector.fromArray(SPECIES, scratch, at).fma(a, sum0);
      sum1 = FloatVector.fromArray(SPECIES, scratch, at + LENGTH).fma(a, sum1);
      sum2 = FloatVector.fromArray(SPECIES, scratch, at + 2 * LENGTH).fma(a, sum2);
      sum3 = FloatVector.fromArray(SPECIES, scratch, at + 3 * LENGTH).fma(a, sum3);
      from += column;
      at += column;
    }
    FloatVector.fromArray(SPECIES, scratch, at).sub(sum0).intoArray(scratch, at);
    at += LENGTH;
    FloatVector.fromArray(SPECIES, scratch, at).sub(sum1).intoArray(scratch, at);
    at += LENGTH;
    FloatVector.fromArray(SPECIES, scratch, at).sub(sum2).intoArray(scratch, at);
    at += LENGTH;
    FloatVector.fromArray(SPECIES, scratch, at).sub(sum3).intoArray(scratch, at);
  }

  /**
   * Multiplies four rows of a column with the stored factor; a pivot among them is not read again.
   */
  private static void scaleGroup(float[] scratch, int first, int inverse) {
    FloatVector factor = FloatVector.fromArray(SPECIES, scratch, inverse);
    int at = first;
    FloatVector.fromArray(SPECIES, scratch, at).mul(factor).intoArray(scratch, at);
    at += LENGTH;
    FloatVector.fromArray(SPECIES, scratch, at).mul(factor).intoArray(scratch, at);
    at += LENGTH;
    FloatVector.fromArray(SPECIES, scratch, at).mul(factor).intoArray(scratch, at);
    at += LENGTH;
    FloatVector.fromArray(SPECIES, scratch, at).mul(factor).intoArray(scratch, at);
  }

  private static void product(float[] scratch, int n, int column, float[] out, int offset) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int at = n * LENGTH;
    for (int j = 0; j < n; j++) {
      FloatVector z = FloatVector.fromArray(SPECIES, scratch, at);
      sum = z.fma(FloatVector.fromArray(SPECIES, scratch, at + LENGTH), sum);
      at += column;
    }
    sum.intoArray(out, offset);
  }

  @Override
  public void accumulate(
      float[] equations,
      int cell,
      float[] values,
      int value,
      int size,
      float[] weights,
      int offset) {
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      int at = cell + CELL_LANES + lane;
      int own = value + lane;
      for (int i = 0; i < size; i++) {
        accumulateRow(equations, at, values, own, i, weights, offset + lane);
        at += (i + 1) * CELL;
      }
    }
  }

  private static void accumulateRow(
      float[] equations, int first, float[] values, int value, int i, float[] weights, int weight) {
    FloatVector weighted =
        FloatVector.fromArray(SPECIES, values, value + i * LANES)
            .mul(FloatVector.fromArray(SPECIES, weights, weight));
    int at = first;
    int other = value;
    for (int j = 0; j <= i; j++) {
      FloatVector entry = FloatVector.fromArray(SPECIES, equations, at);
      weighted.fma(FloatVector.fromArray(SPECIES, values, other), entry).intoArray(equations, at);
      at += CELL;
      other += LANES;
    }
  }

  @Override
  public void dense(
      ContextModel.Layer layer,
      boolean relu,
      float[] in,
      float[] out,
      int stride,
      int offset,
      int blocks) {
    float least = relu ? 0f : Float.NEGATIVE_INFINITY;
    int end = offset + blocks * LANES;
    int lane = offset;
    if (LENGTH == LANES) {
      for (; lane + 2 * LENGTH <= end; lane += 2 * LENGTH) {
        for (int o = 0; o < layer.outputs(); o += 8) {
          eightOutputsTwice(
              layer.weights(), layer.bias(), layer.inputs(), o, least, in, out, stride, lane);
        }
      }
    }
    for (; lane < end; lane += LENGTH) {
      for (int o = 0; o < layer.outputs(); o += 8) {
        eightOutputs(
            layer.weights(), layer.bias(), layer.inputs(), o, least, in, out, stride, lane);
      }
    }
  }

  private static void eightOutputsTwice(
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
    FloatVector b0 = a0;
    FloatVector a1 = FloatVector.broadcast(SPECIES, bias[o + 1]);
    FloatVector b1 = a1;
    FloatVector a2 = FloatVector.broadcast(SPECIES, bias[o + 2]);
    FloatVector b2 = a2;
    FloatVector a3 = FloatVector.broadcast(SPECIES, bias[o + 3]);
    FloatVector b3 = a3;
    FloatVector a4 = FloatVector.broadcast(SPECIES, bias[o + 4]);
    FloatVector b4 = a4;
    FloatVector a5 = FloatVector.broadcast(SPECIES, bias[o + 5]);
    FloatVector b5 = a5;
    FloatVector a6 = FloatVector.broadcast(SPECIES, bias[o + 6]);
    FloatVector b6 = a6;
    FloatVector a7 = FloatVector.broadcast(SPECIES, bias[o + 7]);
    FloatVector b7 = a7;
    int w = o * inputs;
    int from = offset;
    for (int i = 0; i < inputs; i++) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from);
      FloatVector y = FloatVector.fromArray(SPECIES, in, from + LENGTH);
      FloatVector w0 = FloatVector.broadcast(SPECIES, weights[w]);
      a0 = x.fma(w0, a0);
      b0 = y.fma(w0, b0);
      FloatVector w1 = FloatVector.broadcast(SPECIES, weights[w + 1]);
      a1 = x.fma(w1, a1);
      b1 = y.fma(w1, b1);
      FloatVector w2 = FloatVector.broadcast(SPECIES, weights[w + 2]);
      a2 = x.fma(w2, a2);
      b2 = y.fma(w2, b2);
      FloatVector w3 = FloatVector.broadcast(SPECIES, weights[w + 3]);
      a3 = x.fma(w3, a3);
      b3 = y.fma(w3, b3);
      FloatVector w4 = FloatVector.broadcast(SPECIES, weights[w + 4]);
      a4 = x.fma(w4, a4);
      b4 = y.fma(w4, b4);
      FloatVector w5 = FloatVector.broadcast(SPECIES, weights[w + 5]);
      a5 = x.fma(w5, a5);
      b5 = y.fma(w5, b5);
      FloatVector w6 = FloatVector.broadcast(SPECIES, weights[w + 6]);
      a6 = x.fma(w6, a6);
      b6 = y.fma(w6, b6);
      FloatVector w7 = FloatVector.broadcast(SPECIES, weights[w + 7]);
      a7 = x.fma(w7, a7);
      b7 = y.fma(w7, b7);
      w += 8;
      from += stride;
    }
    int to = o * stride + offset;
    a0.max(least).intoArray(out, to);
    b0.max(least).intoArray(out, to + LENGTH);
    a1.max(least).intoArray(out, to + stride);
    b1.max(least).intoArray(out, to + stride + LENGTH);
    a2.max(least).intoArray(out, to + 2 * stride);
    b2.max(least).intoArray(out, to + 2 * stride + LENGTH);
    a3.max(least).intoArray(out, to + 3 * stride);
    b3.max(least).intoArray(out, to + 3 * stride + LENGTH);
    a4.max(least).intoArray(out, to + 4 * stride);
    b4.max(least).intoArray(out, to + 4 * stride + LENGTH);
    a5.max(least).intoArray(out, to + 5 * stride);
    b5.max(least).intoArray(out, to + 5 * stride + LENGTH);
    a6.max(least).intoArray(out, to + 6 * stride);
    b6.max(least).intoArray(out, to + 6 * stride + LENGTH);
    a7.max(least).intoArray(out, to + 7 * stride);
    b7.max(least).intoArray(out, to + 7 * stride + LENGTH);
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

  @Override
  public void mixture(
      float[] parameters,
      int components,
      int stride,
      int offset,
      float[] prediction,
      float[] scale,
      float[] unit) {
    for (int lane = offset; lane < offset + LANES; lane += LENGTH) {
      weigh(parameters, components, stride, lane);
      centre(parameters, components, stride, lane, prediction, scale);
      invert(parameters, components, stride, lane, unit);
    }
  }

  private static void weigh(float[] parameters, int components, int stride, int lane) {
    FloatVector most = FloatVector.fromArray(SPECIES, parameters, lane);
    for (int k = 1; k < components; k++) {
      most = most.max(FloatVector.fromArray(SPECIES, parameters, k * stride + lane));
    }
    FloatVector total = FloatVector.zero(SPECIES);
    for (int k = 0; k < components; k++) {
      int at = k * stride + lane;
      FloatVector weight = exp(FloatVector.fromArray(SPECIES, parameters, at).sub(most));
      weight.intoArray(parameters, at);
      total = total.add(weight);
    }
    FloatVector share = FloatVector.broadcast(SPECIES, LogisticMixture.SLOTS).div(total);
    for (int k = 0; k < components; k++) {
      int at = k * stride + lane;
      FloatVector.fromArray(SPECIES, parameters, at).mul(share).intoArray(parameters, at);
    }
  }

  private static void centre(
      float[] parameters, int components, int stride, int lane, float[] prediction, float[] scale) {
    FloatVector base = FloatVector.fromArray(SPECIES, prediction, lane);
    FloatVector factor = FloatVector.fromArray(SPECIES, scale, lane);
    for (int k = components; k < 2 * components; k++) {
      int at = k * stride + lane;
      factor.fma(FloatVector.fromArray(SPECIES, parameters, at), base).intoArray(parameters, at);
    }
  }

  private static void invert(
      float[] parameters, int components, int stride, int lane, float[] unit) {
    FloatVector factor = FloatVector.fromArray(SPECIES, unit, lane);
    float limit = LogisticMixture.LOG_SCALE_LIMIT;
    for (int k = 2 * components; k < 3 * components; k++) {
      int at = k * stride + lane;
      FloatVector negated = FloatVector.fromArray(SPECIES, parameters, at).neg();
      exp(negated.min(limit).max(-limit)).mul(factor).intoArray(parameters, at);
    }
  }

  @Override
  public void integrate(float[] weights, float[] centres, float[] inverses, int base, float[] out) {
    for (int i = 0; i < LANES; i += LENGTH) {
      integrateLanes(weights, centres, inverses, base, i, out);
    }
  }

  private static void integrateLanes(
      float[] weights, float[] centres, float[] inverses, int base, int first, float[] out) {
    FloatVector x = FloatVector.fromArray(SPECIES, STEPS, first).add(base).sub(0.5f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int k = 0; k < weights.length; k++) {
      FloatVector distance = FloatVector.broadcast(SPECIES, centres[k]).sub(x).mul(inverses[k]);
      sum = sum.add(FloatVector.broadcast(SPECIES, weights[k]).div(one.add(exp(distance))));
    }
    sum.intoArray(out, first);
  }

  /** {@link Exponential#exp} in each lane. */
  private static FloatVector exp(FloatVector x) {
    FloatVector limited = x.min(Exponential.LIMIT).max(-Exponential.LIMIT);
    FloatVector rounder = FloatVector.broadcast(SPECIES, Exponential.ROUNDER);
    FloatVector shifted = limited.fma(FloatVector.broadcast(SPECIES, Exponential.LOG2_E), rounder);
    FloatVector whole = shifted.sub(rounder);
    FloatVector high = whole.fma(FloatVector.broadcast(SPECIES, -Exponential.LN2_HIGH), limited);
    FloatVector rest = whole.fma(FloatVector.broadcast(SPECIES, -Exponential.LN2_LOW), high);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector p = FloatVector.broadcast(SPECIES, Exponential.C6);
    p = rest.fma(p, FloatVector.broadcast(SPECIES, Exponential.C5));
    p = rest.fma(p, FloatVector.broadcast(SPECIES, Exponential.C4));
    p = rest.fma(p, FloatVector.broadcast(SPECIES, Exponential.C3));
    p = rest.fma(p, FloatVector.broadcast(SPECIES, Exponential.C2));
    p = rest.fma(p, one);
    p = rest.fma(p, one);
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }
}
