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

  @Test
  void decayHasTheSameBits() {
    float[] left = values(STRIDE, 1);
    float[] up = values(STRIDE, 1);

    both(
        values(40 * STRIDE, 1000),
        (kernel, s) -> kernel.decay(s, 40, STRIDE, OFFSET, left, up, OFFSET));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 11, 22})
  void accumulateHasTheSameBits(int size) {
    float[] v = values(size * STRIDE, 255);
    float[] w = values(STRIDE, 1);

    both(
        values(size * (size + 1) / 2 * STRIDE, 1000),
        (kernel, s) -> kernel.accumulate(s, v, w, size, STRIDE, OFFSET));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10, 21})
  void solveHasTheSameBits(int n) {
    float[] s = equations(n);
    float[] v = values((n + 1) * STRIDE, 255);
    float[] scratch = new float[(n + 5) * n * LaneKernel.LANES];

    both(
        new float[STRIDE],
        (kernel, out) -> kernel.solve(s, v, n, STRIDE, OFFSET, 0.3f, scratch, out));
  }

  @Test
  void solveFindsTheRegression() {
    int n = 5;
    float[] s = new float[(n + 1) * (n + 2) / 2 * STRIDE];
    float[] v = new float[(n + 1) * STRIDE];
    float[] ones = new float[STRIDE];
    Arrays.fill(ones, 1f);
    LaneKernel kernel = new ScalarLaneKernel();
    for (int i = 0; i < 200; i++) {
      float sum = 0;
      for (int k = 0; k < n; k++) {
        float x = random.nextInt(-100, 100);
        Arrays.fill(v, k * STRIDE, (k + 1) * STRIDE, x);
        sum += (k - 2) * x;
      }
      Arrays.fill(v, n * STRIDE, (n + 1) * STRIDE, sum);
      kernel.accumulate(s, v, ones, n + 1, STRIDE, OFFSET);
    }
    float[] out = new float[STRIDE];
    Arrays.fill(v, 10f);

    kernel.solve(s, v, n, STRIDE, OFFSET, 0f, new float[(n + 5) * n * LaneKernel.LANES], out);

    assertThat(out[OFFSET]).isCloseTo(10f * (-2 - 1 + 0 + 1 + 2), Offset.offset(0.05f));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 24, 48})
  void denseHasTheSameBits(int outputs) {
    int inputs = 37;
    float[] weights = values(inputs * outputs, 1);
    float[] bias = values(outputs, 1);
    float[] in = values(inputs * STRIDE, 8);

    for (boolean relu : new boolean[] {false, true}) {
      both(
          new float[outputs * STRIDE],
          (kernel, out) ->
              kernel.dense(weights, bias, inputs, outputs, relu, in, out, STRIDE, OFFSET));
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
    float[] s = new float[(n + 1) * (n + 2) / 2 * STRIDE];
    float[] ones = new float[STRIDE];
    Arrays.fill(ones, 0.9f);
    for (int i = 0; i < n + 3; i++) {
      new ScalarLaneKernel()
          .accumulate(s, values((n + 1) * STRIDE, 50), ones, n + 1, STRIDE, OFFSET);
    }
    return s;
  }
}
