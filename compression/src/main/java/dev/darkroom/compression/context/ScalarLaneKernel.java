package dev.darkroom.compression.context;

/** The reference implementation: plain loops over the lanes. Frozen; archives rest on its bits. */
final class ScalarLaneKernel implements LaneKernel {
  @Override
  public void decay(
      float[] s, int count, int stride, int offset, float[] left, float[] up, int factor) {
    for (int k = 0; k < count; k++) {
      int at = k * stride + offset;
      for (int lane = LANES - 1; lane >= 0; lane--) {
        s[at + lane] =
            Math.fma(left[factor + lane], s[at + lane], up[factor + lane] * s[at + lane - 1]);
      }
    }
  }

  @Override
  public void accumulate(float[] s, float[] v, float[] w, int size, int stride, int offset) {
    int at = offset;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++, at += stride) {
        for (int lane = 0; lane < LANES; lane++) {
          float wv = w[offset + lane] * v[i * stride + offset + lane];
          s[at + lane] = Math.fma(wv, v[j * stride + offset + lane], s[at + lane]);
        }
      }
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
    int rows = n + 2;
    for (int lane = 0; lane < LANES; lane++) {
      float prediction = 0;
      for (int j = 0; j < n; j++) {
        float diagonal = s[triangle(j, j) * stride + offset + lane];
        float sum = 0;
        for (int k = 0; k < j; k++) {
          float a = scratch[(k * rows + j) * LANES + lane];
          sum = Math.fma(a, a, sum);
        }
        float pivot = Math.max((diagonal - sum) + (diagonal * RELATIVE_RIDGE + ridge), LEAST_PIVOT);
        float inverse = 1f / (float) Math.sqrt(pivot);
        for (int i = j + 1; i < rows; i++) {
          float entry =
              i <= n ? s[triangle(i, j) * stride + offset + lane] : v[j * stride + offset + lane];
          sum = 0;
          for (int k = 0; k < j; k++) {
            sum =
                Math.fma(
                    scratch[(k * rows + i) * LANES + lane],
                    scratch[(k * rows + j) * LANES + lane],
                    sum);
          }
          scratch[(j * rows + i) * LANES + lane] = (entry - sum) * inverse;
        }
        prediction =
            Math.fma(
                scratch[(j * rows + n) * LANES + lane],
                scratch[(j * rows + n + 1) * LANES + lane],
                prediction);
      }
      out[offset + lane] = prediction;
    }
  }

  private static int triangle(int i, int j) {
    return i * (i + 1) / 2 + j;
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
    for (int o = 0; o < outputs; o++) {
      for (int lane = 0; lane < LANES; lane++) {
        float sum = bias[o];
        int w = (o >> 3) * inputs * 8 + (o & 7);
        for (int i = 0; i < inputs; i++) {
          sum = Math.fma(in[i * stride + offset + lane], weights[w + i * 8], sum);
        }
        out[o * stride + offset + lane] = relu ? Math.max(sum, 0f) : sum;
      }
    }
  }
}
