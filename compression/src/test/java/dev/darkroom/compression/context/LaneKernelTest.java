package dev.darkroom.compression.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fastest kernel of this JVM against the scalar reference, bit for bit. */
@Tag("determinism")
class LaneKernelTest {
  private static final int STRIDE = 3 * LaneKernel.LANES + 5;
  private static final int OFFSET = LaneKernel.LANES + 1;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void theVectorKernelIsUsedWhereItsModuleIsThere() {
    assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());

    assertThat(LaneKernels.BEST).isInstanceOf(VectorLaneKernel.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 11, 22})
  void accumulateHasTheSameBits(int size) {
    float[] v = values(size * LaneKernel.LANES, 255);
    float[] w = values(STRIDE, 1);
    float[] equations = values(size * (size + 1) / 2 * LaneKernel.CELL, 1000);

    both(equations, (kernel, s) -> kernel.accumulate(s, 0, v, 0, size, w, OFFSET));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10, 21})
  void predictHasTheSameBits(int n) {
    float[] equations = equations(n);
    float[] v = values((n + 1) * LaneKernel.LANES, 255);
    float[] left = values(STRIDE, 0.6);
    float[] up = values(STRIDE, 0.4);

    both(
        new float[STRIDE],
        (kernel, out) -> predict(kernel, equations.clone(), left, up, v, n, out));
    float[] out = new float[STRIDE];
    both(equations, (kernel, s) -> predict(kernel, s, left, up, v, n, out));
  }

  private static void predict(
      LaneKernel kernel, float[] s, float[] left, float[] up, float[] v, int n, float[] out) {
    float[] scratch = new float[((n + 5) * n + 2) * LaneKernel.LANES];
    kernel.predict(s, 0, left, up, v, 0, n, 0.3f, scratch, out, OFFSET);
  }

  @Test
  void predictFindsTheRegression() {
    int n = 5;
    float[] s = new float[(n + 1) * (n + 2) / 2 * LaneKernel.CELL];
    float[] v = new float[(n + 1) * LaneKernel.LANES];
    float[] ones = new float[STRIDE];
    Arrays.fill(ones, 1f);
    LaneKernel kernel = new ScalarLaneKernel();
    for (int i = 0; i < 200; i++) {
      float sum = 0;
      for (int k = 0; k < n; k++) {
        float x = random.nextInt(-100, 100);
        Arrays.fill(v, k * LaneKernel.LANES, (k + 1) * LaneKernel.LANES, x);
        sum += (k - 1) * x;
      }
      Arrays.fill(v, n * LaneKernel.LANES, (n + 1) * LaneKernel.LANES, sum);
      kernel.accumulate(s, 0, v, 0, n + 1, ones, OFFSET);
    }
    Arrays.fill(v, 10f);
    float[] out = new float[STRIDE];

    predict(kernel, s, ones, new float[STRIDE], v, n, out);

    assertThat(out[OFFSET]).isCloseTo(10f * (-1 + 0 + 1 + 2 + 3), Offset.offset(0.1f));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 24, 48})
  void denseHasTheSameBits(int outputs) {
    int inputs = 37;
    ContextModel.Layer layer =
        new ContextModel.Layer(inputs, outputs, values(inputs * outputs, 1), values(outputs, 1));
    float[] in = values(inputs * STRIDE, 8);

    for (int blocks = 1; blocks <= 3; blocks++) {
      int count = blocks;
      for (boolean relu : new boolean[] {false, true}) {
        both(
            new float[outputs * STRIDE],
            (kernel, out) -> kernel.dense(layer, relu, in, out, STRIDE, 1, count));
      }
    }
  }

  @Test
  void mixtureHasTheSameBits() {
    float[] prediction = values(STRIDE, 255);
    float[] scale = values(STRIDE, 100);
    float[] unit = values(STRIDE, 3);

    both(
        values(9 * STRIDE, 12),
        (kernel, p) -> kernel.mixture(p, 3, STRIDE, OFFSET, prediction, scale, unit));
  }

  @Test
  void integrateHasTheSameBits() {
    for (int base = 0; base <= 240; base += 15) {
      int from = base;
      float[] weights = values(3, 1e6);
      float[] centres = values(3, 300);
      float[] inverses = values(3, 50);

      both(
          new float[LaneKernel.LANES],
          (kernel, out) -> kernel.integrate(weights, centres, inverses, from, out));
    }
  }

  private static void both(float[] initial, BiConsumer<LaneKernel, float[]> operation) {
    float[] expected = initial.clone();
    float[] actual = initial.clone();

    operation.accept(new ScalarLaneKernel(), expected);
    operation.accept(LaneKernels.BEST, actual);

    assertThat(expected).isNotEqualTo(initial);
    assertThat(bits(actual)).isEqualTo(bits(expected));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private float[] values(int count, double limit) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-limit, limit);
    }
    return values;
  }

  private float[] equations(int n) {
    float[] s = new float[(n + 1) * (n + 2) / 2 * LaneKernel.CELL];
    float[] ones = new float[STRIDE];
    Arrays.fill(ones, 0.9f);
    for (int i = 0; i < n + 3; i++) {
      float[] v = values((n + 1) * LaneKernel.LANES, 50);
      new ScalarLaneKernel().accumulate(s, 0, v, 0, n + 1, ones, OFFSET);
    }
    return s;
  }
}
