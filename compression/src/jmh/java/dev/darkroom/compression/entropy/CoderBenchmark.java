package dev.darkroom.compression.entropy;

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
 * Symbols per second of both coders on one core: an operation is one symbol, so {@code ops/us}
 * reads as 10^6 symbols per second. A symbol of a range near 2^b carries b bits: MB/s are 10^6
 * symbols per second times b / 8.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class CoderBenchmark {
  private static final int COUNT = 1 << 16;
  private static final int PRECISION = 16;

  /** The range of uniform symbols; 0 for a different one, 2^15 to 2^16, for each symbol. */
  @Param({"2147483648", "2147483647", "65536", "0"})
  public long range;

  private int[] symbols;
  private int[] decoded;
  private int[] ranges;
  private int[] starts;
  private int[] frequencies;
  private byte[] uniformStream;
  private byte[] ransStream;
  private BitStack reused;

  /** Draws the symbols and writes the streams that decoding reads. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    symbols = new int[COUNT];
    decoded = new int[COUNT];
    ranges = new int[COUNT];
    starts = new int[COUNT];
    frequencies = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      long own = range == 0 ? random.nextLong(1 << 15, 1 << 16) : range;
      ranges[i] = (int) own;
      symbols[i] = (int) random.nextLong(own);
      frequencies[i] = 1 + random.nextInt(1 << random.nextInt(PRECISION));
      starts[i] = random.nextInt((1 << PRECISION) - frequencies[i] + 1);
    }
    reused = BitStack.forEncoding();
    uniformStream = encodeUniform().toBytes();
    ransStream = encodeRans().toBytes();
  }

  /** UBCS, encoding. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public BitStack encodeUniform() {
    rewind();
    UniformCoder coder = new UniformCoder(reused);
    if (range == 0) {
      coder.encodeAll(symbols, ranges, 0, COUNT);
    } else {
      coder.encodeAll(symbols, 0, COUNT, range);
    }
    return reused;
  }

  /** UBCS, decoding, the stream's parsing included. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int[] decodeUniform() {
    UniformCoder coder = new UniformCoder(BitStack.parse(uniformStream));
    if (range == 0) {
      coder.decodeAll(decoded, ranges, 0, COUNT);
    } else {
      coder.decodeAll(decoded, 0, COUNT, range);
    }
    return decoded;
  }

  /** rANS of 16 bits precision, encoding; the range plays no part. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public BitStack encodeRans() {
    rewind();
    new RansCoder(reused).encodeAll(starts, frequencies, 0, COUNT, PRECISION);
    return reused;
  }

  /** rANS of 16 bits precision, decoding symbols that are known; finding them is the caller's. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public int decodeRans() {
    RansCoder coder = new RansCoder(BitStack.parse(ransStream));
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += coder.peek(PRECISION);
      coder.advance(starts[i], frequencies[i], PRECISION);
    }
    return sum;
  }

  private void rewind() {
    reused.head = BitStack.LEAST_HEAD;
    reused.size = 0;
  }
}
