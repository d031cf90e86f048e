package dev.darkroom.compression.benchmark;

import dev.darkroom.compression.entropy.CoderBenchmark;
import dev.darkroom.compression.network.ConvolutionBenchmark;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * The coder's and the kernel's benchmarks in processor time of their thread, the best of many runs:
 * for machines that have other work to do, where JMH's wall-clock figures say little.
 */
public final class ProcessorTimeReport {
  private static final int INVOCATIONS = 20;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(4);
  private static final double SYMBOLS = 1 << 16;
  private static final double MULTIPLY_ADDS = 64.0 * 64 * 9 * 64 * 64;

  private final PrintStream out;

  private ProcessorTimeReport(PrintStream out) {
    this.out = out;
  }

  /** Prints one line per benchmark. */
  public static void main(String[] arguments) {
    ProcessorTimeReport report = new ProcessorTimeReport(System.out);
    CoderBenchmark coder = new CoderBenchmark();
    for (long range : new long[] {1L << 31, (1L << 31) - 1, 1 << 16, 0}) {
      coder.range = range;
      coder.setUp();
      double bits = range == 0 ? 15.5 : Math.log(range) / Math.log(2);
      String name = range == 0 ? "2^15..2^16, each its own" : Long.toString(range);
      report.symbols("UBCS encode, range " + name, bits, coder::encodeUniform);
      report.symbols("UBCS decode, range " + name, bits, coder::decodeUniform);
    }
    report.symbols("rANS encode, precision 16", 16, coder::encodeRans);
    report.symbols("rANS decode, precision 16", 16, coder::decodeRans);
    for (String kernel : new String[] {"vector", "scalar"}) {
      ConvolutionBenchmark convolution = new ConvolutionBenchmark();
      convolution.kernel = kernel;
      convolution.setUp();
      double rate = MULTIPLY_ADDS / nanos(convolution::convolve);
      report.out.printf("3x3 convolution, %s: %.1f G multiply-adds/s%n", kernel, rate);
    }
  }

  private void symbols(String name, double bits, Runnable benchmark) {
    double perMicrosecond = SYMBOLS * 1e3 / nanos(benchmark);
    out.printf(
        "%-44s %6.0f M symbols/s %6.0f MB/s%n", name, perMicrosecond, perMicrosecond * bits / 8);
  }

  /** The least processor time of an invocation, in nanoseconds. */
  private static double nanos(Runnable benchmark) {
    long best = Long.MAX_VALUE;
    for (long end = System.nanoTime() + NANOS; System.nanoTime() < end; ) {
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < INVOCATIONS; i++) {
        benchmark.run();
      }
      best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun);
    }
    return (double) best / INVOCATIONS;
  }
}
