package dev.darkroom.compression.context;

/** The reference implementation: plain loops over the lanes. Frozen; archives rest on its bits. */
final class ScalarLaneKernel implements LaneKernel {
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
    int first = cell + CELL_LANES;
    for (int k = 0; k < (n + 1) * (n + 2) / 2; k++) {
      int at = first + k * CELL;
      for (int lane = LANES - 1; lane >= 0; lane--) {
        float above = up[offset + lane] * equations[at + lane - 1];
        equations[at + lane] = Math.fma(left[offset + lane], equations[at + lane], above);
      }
    }
    for (int lane = 0; lane < LANES; lane++) {
      out[offset + lane] = solve(equations, first + lane, values, value + lane, n, ridge, scratch);
    }
  }

  private static float solve(
      float[] equations, int cell, float[] values, int value, int n, float ridge, float[] scratch) {
    int rows = n + 2;
    float prediction = 0;
    for (int j = 0; j < n; j++) {
      float diagonal = equations[cell + triangle(j, j) * CELL];
      float pivot =
          (diagonal - products(scratch, rows, j, j)) + (diagonal * RELATIVE_RIDGE + ridge);
      float inverse = 1f / (float) Math.sqrt(Math.max(pivot, LEAST_PIVOT));
      for (int i = j + 1; i < rows; i++) {
        float entry = i <= n ? equations[cell + triangle(i, j) * CELL] : values[value + j * LANES];
        scratch[j * rows + i] = (entry - products(scratch, rows, i, j)) * inverse;
      }
      prediction = Math.fma(scratch[j * rows + n], scratch[j * rows + n + 1], prediction);
    }
    return prediction;
  }

  private static float products(float[] scratch, int rows, int i, int j) {
    float sum = 0;
    for (int k = 0; k < j; k++) {
      sum = Math.fma(scratch[k * rows + i], scratch[k * rows + j], sum);
    }
    return sum;
  }

  private static int triangle(int i, int j) {
    return i * (i + 1) / 2 + j;
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
    int at = cell + CELL_LANES;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++, at += CELL) {
        for (int lane = 0; lane < LANES; lane++) {
          float weighted = weights[offset + lane] * values[value + i * LANES + lane];
          equations[at + lane] =
              Math.fma(weighted, values[value + j * LANES + lane], equations[at + lane]);
        }
      }
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
    for (int o = 0; o < layer.outputs(); o++) {
      int weight = (o >> 3) * layer.inputs() * 8 + (o & 7);
      for (int lane = offset; lane < offset + blocks * LANES; lane++) {
        float sum = layer.bias()[o];
        for (int i = 0; i < layer.inputs(); i++) {
          sum = Math.fma(in[i * stride + lane], layer.weights()[weight + i * 8], sum);
        }
        out[o * stride + lane] = relu ? Math.max(sum, 0f) : sum;
      }
    }
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
    for (int lane = offset; lane < offset + LANES; lane++) {
      float most = parameters[lane];
      for (int k = 1; k < components; k++) {
        most = Math.max(most, parameters[k * stride + lane]);
      }
      float total = 0;
      for (int k = 0; k < components; k++) {
        float weight = Exponential.exp(parameters[k * stride + lane] - most);
        parameters[k * stride + lane] = weight;
        total += weight;
      }
      float share = LogisticMixture.SLOTS / total;
      for (int k = 0; k < components; k++) {
        parameters[k * stride + lane] *= share;
        int centre = (components + k) * stride + lane;
        parameters[centre] = Math.fma(scale[lane], parameters[centre], prediction[lane]);
        int inverse = (2 * components + k) * stride + lane;
        float limit = LogisticMixture.LOG_SCALE_LIMIT;
        float limited = Math.max(-limit, Math.min(limit, -parameters[inverse]));
        parameters[inverse] = Exponential.exp(limited) * unit[lane];
      }
    }
  }

  @Override
  public void integrate(float[] weights, float[] centres, float[] inverses, int base, float[] out) {
    for (int i = 0; i < LANES; i++) {
      float x = base + i - 0.5f;
      float sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] / (1f + Exponential.exp((centres[k] - x) * inverses[k]));
      }
      out[i] = sum;
    }
  }
}
