package dev.darkroom.compression.context;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of the {@code fast} profile: predictions, and the network's multiply-adds, per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LaneKernelBenchmark {
  private static final int BLOCKS = 10;
  private static final int STRIDE = BLOCKS * LaneKernel.LANES + 1;
  private static final int INPUTS = 40;
  private static final int OUTPUTS = 48;
  private static final int REGRESSORS = 21;

  /** Which implementation. */
  @Param({"vector", "scalar"})
  public String kernel;

  private LaneKernel lanes;
  private ContextModel.Layer layer;
  private float[] in;
  private float[] out;
  private float[] equations;
  private float[] values;
  private float[] factors;
  private float[] scratch;

  /** Fills the arrays. */
  @Setup
  public void setUp() {
    lanes = kernel.equals("vector") ? new VectorLaneKernel() : new ScalarLaneKernel();
    layer = new ContextModel.Layer(INPUTS, OUTPUTS, random(INPUTS * OUTPUTS), random(OUTPUTS));
    in = random(INPUTS * STRIDE);
    out = new float[OUTPUTS * STRIDE];
    equations = random((REGRESSORS + 1) * (REGRESSORS + 2) / 2 * LaneKernel.CELL);
    values = random((REGRESSORS + 1) * LaneKernel.LANES);
    factors = random(STRIDE);
    scratch = new float[((REGRESSORS + 5) * REGRESSORS + 1) * LaneKernel.LANES];
  }

  /** A dense layer; operations are multiply-adds. */
  @Benchmark
  @OperationsPerInvocation(BLOCKS * LaneKernel.LANES * INPUTS * OUTPUTS)
  public float[] multiplyAdds() {
    lanes.dense(layer, true, in, out, STRIDE, 1, BLOCKS);
    return out;
  }

  /** Least-squares predictions from 21 neighbours; operations are pixels. */
  @Benchmark
  @OperationsPerInvocation(LaneKernel.LANES)
  public float[] predictions() {
    lanes.predict(equations, 0, factors, factors, values, 0, REGRESSORS, 0.3f, scratch, out, 1);
    lanes.accumulate(equations, 0, values, 0, REGRESSORS + 1, factors, 1);
    return out;
  }

  private static float[] random(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(0.4);
    }
    return values;
  }
}
