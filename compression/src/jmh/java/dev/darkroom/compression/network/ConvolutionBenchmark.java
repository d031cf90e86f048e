package dev.darkroom.compression.network;

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
 * Multiply-adds per second of a 3x3 convolution of 64 to 64 channels on one core: an operation is
 * one multiply-add, so {@code ops/ns} reads as 10^9 per second. Run it with {@code -jvmArgsAppend
 * -XX:UseAVX=1} or {@code 2} for narrower vectors.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ConvolutionBenchmark {
  private static final int CHANNELS = 64;
  private static final int SIDE = 64;

  /** The implementation. */
  @Param({"vector", "scalar"})
  public String kernel;

  private Convolution convolution;
  private FeatureMaps input;
  private FeatureMaps output;

  /** Draws weights and samples. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    float[] weights = new float[CHANNELS * CHANNELS * 9];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    ConvolutionWeights all =
        new ConvolutionWeights(CHANNELS, CHANNELS, 3, weights, new float[CHANNELS], true);
    convolution = kernel.equals("vector") ? new VectorConvolution(all) : new ScalarConvolution(all);
    input = new FeatureMaps(CHANNELS, 1, SIDE, SIDE);
    output = new FeatureMaps(CHANNELS, 1, SIDE, SIDE);
    for (int i = 0; i < input.data().length; i++) {
      input.data()[i] = (float) random.nextDouble(-1, 1);
    }
  }

  /** One convolution. */
  @Benchmark
  @OperationsPerInvocation(CHANNELS * CHANNELS * 9 * SIDE * SIDE)
  public FeatureMaps convolve() {
    convolution.apply(input, output);
    return output;
  }
}
