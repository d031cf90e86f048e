package dev.darkroom.compression.flow;

import dev.darkroom.compression.entropy.BitStack;
import dev.darkroom.compression.entropy.RansCoder;
import dev.darkroom.compression.entropy.UniformCoder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Codes integers that follow a logistic distribution around zero: a bucket of 2^j neighbours by
 * rANS, then the place within the bucket by j raw bits.
 *
 * <p>j is chosen so that a scale spans 16 to 32 buckets. There are 640 buckets on either side, 20
 * or more scales, each with at least one slot of 2^28; beyond, an escape symbol on either side is
 * followed by the distance in 34 raw bits.
 */
final class LogisticTable {
  /** Scales are {@code 2^(index / 64)} units. */
  static final int STEPS_PER_OCTAVE = 64;

  /** The unit of scales, in fixed-point steps, as a log2: 2^-5 in value units. */
  static final int UNIT_BITS = FixedPoint.FRACTION_BITS - 5;

  private static final int LEAST_EXPONENT = -6;
  private static final int GREATEST_EXPONENT = 10;
  private static final int BUCKETS_PER_SCALE_BITS = 4;
  private static final int LEAST_OCTAVE = BUCKETS_PER_SCALE_BITS - UNIT_BITS;
  private static final int SIDE = 640;
  private static final int LOW_ESCAPE = 0;
  private static final int HIGH_ESCAPE = 2 * SIDE + 1;
  private static final int SYMBOLS = 2 * SIDE + 2;
  private static final int PRECISION = 28;
  private static final int ESCAPE_HALF_BITS = 17;

  /** One per fraction of an octave, then one per index of the octave whose buckets are single. */
  private static final AtomicReferenceArray<int[]> CUMULATIVE =
      new AtomicReferenceArray<>(2 * STEPS_PER_OCTAVE);

  private final int[] cumulative;
  private final int bucketBits;

  private LogisticTable(int[] cumulative, int bucketBits) {
    this.cumulative = cumulative;
    this.bucketBits = bucketBits;
  }

  /** The distribution with a scale of about {@code 2^exponent} units, -6 to 10; NaN counts as 0. */
  static LogisticTable of(float exponent) {
    int limit = GREATEST_EXPONENT * STEPS_PER_OCTAVE;
    int index = FixedPoint.round(exponent, STEPS_PER_OCTAVE, limit);
    index = Math.max(LEAST_EXPONENT * STEPS_PER_OCTAVE, index);
    int octave = Math.floorDiv(index, STEPS_PER_OCTAVE);
    int bucketBits = Math.max(0, octave - LEAST_OCTAVE);
    int fraction = Math.floorMod(index, STEPS_PER_OCTAVE);
    int key = octave < LEAST_OCTAVE ? STEPS_PER_OCTAVE + fraction : fraction;
    int[] cumulative = CUMULATIVE.get(key);
    if (cumulative == null) {
      cumulative = cumulative(key);
      CUMULATIVE.set(key, cumulative); // who comes second builds the same table
    }
    return new LogisticTable(cumulative, bucketBits);
  }

  /** The exponent limited to what the tables hold, for the real density. */
  static double limit(float exponent) {
    return Math.max(LEAST_EXPONENT, Math.min(GREATEST_EXPONENT, exponent));
  }

  /**
   * Pushes a number.
   *
   * @param value any difference of two ints
   */
  void encode(long value, BitStack bits) {
    RansCoder rans = new RansCoder(bits);
    UniformCoder raw = new UniformCoder(bits);
    long bucket = value >> bucketBits;
    int symbol;
    if (bucket < -SIDE) {
      encodeDistance((-(long) SIDE << bucketBits) - 1 - value, raw);
      symbol = LOW_ESCAPE;
    } else if (bucket >= SIDE) {
      encodeDistance(value - ((long) SIDE << bucketBits), raw);
      symbol = HIGH_ESCAPE;
    } else {
      raw.encode((int) (value & (1L << bucketBits) - 1), 1L << bucketBits);
      symbol = (int) bucket + SIDE + 1;
    }
    rans.encode(cumulative[symbol], cumulative[symbol + 1] - cumulative[symbol], PRECISION);
  }

  /** Pops a number. */
  long decode(BitStack bits) {
    RansCoder rans = new RansCoder(bits);
    UniformCoder raw = new UniformCoder(bits);
    int slot = rans.peek(PRECISION);
    int found = Arrays.binarySearch(cumulative, slot);
    int symbol = found >= 0 ? found : -found - 2;
    rans.advance(cumulative[symbol], cumulative[symbol + 1] - cumulative[symbol], PRECISION);
    return switch (symbol) {
      case LOW_ESCAPE -> (-(long) SIDE << bucketBits) - 1 - decodeDistance(raw);
      case HIGH_ESCAPE -> ((long) SIDE << bucketBits) + decodeDistance(raw);
      default -> ((long) (symbol - SIDE - 1) << bucketBits) + raw.decode(1L << bucketBits);
    };
  }

  private static void encodeDistance(long distance, UniformCoder raw) {
    raw.encode((int) (distance & (1 << ESCAPE_HALF_BITS) - 1), 1L << ESCAPE_HALF_BITS);
    raw.encode((int) (distance >> ESCAPE_HALF_BITS), 1L << ESCAPE_HALF_BITS);
  }

  private static long decodeDistance(UniformCoder raw) {
    long high = raw.decode(1L << ESCAPE_HALF_BITS);
    return high << ESCAPE_HALF_BITS | raw.decode(1L << ESCAPE_HALF_BITS);
  }

  /** The first slot of each symbol, and 2^28 at the end. */
  private static int[] cumulative(int key) {
    double octave = (double) key / STEPS_PER_OCTAVE;
    double exponent = -BUCKETS_PER_SCALE_BITS - octave;
    if (key >= STEPS_PER_OCTAVE) {
      exponent = -BUCKETS_PER_SCALE_BITS + 1 - (octave - 1);
    }
    double width = StrictMath.pow(2, exponent);
    int[] result = new int[SYMBOLS + 1];
    int shared = (1 << PRECISION) - SYMBOLS;
    for (int symbol = 1; symbol < SYMBOLS; symbol++) {
      double edge = (symbol - 1 - SIDE) * width;
      double below = 1 / (1 + StrictMath.exp(-edge));
      int slots = (int) Math.floor(below * shared) + symbol;
      result[symbol] = Math.max(result[symbol - 1] + 1, slots);
    }
    result[SYMBOLS] = 1 << PRECISION;
    return result;
  }
}
