package dev.darkroom.compression.entropy;

import java.util.SplittableRandom;

/** One step of a coder, with all that is needed to take it back. */
record Operation(Kind kind, long symbolOrStart, long rangeOrFrequency, int precision) {
  enum Kind {
    ENCODE_UNIFORM,
    DECODE_UNIFORM,
    ENCODE_RANS,
    DECODE_RANS
  }

  /** A random step, not yet applied; what a decoding step yields is filled in by {@link #apply}. */
  static Operation random(SplittableRandom random) {
    Kind kind = Kind.values()[random.nextInt(4)];
    if (kind == Kind.ENCODE_UNIFORM || kind == Kind.DECODE_UNIFORM) {
      long range = randomUpTo(random, 31);
      return new Operation(kind, random.nextLong(range), range, 0);
    }
    int precision = random.nextInt(RansCoder.MAX_PRECISION + 1);
    long frequency = randomUpTo(random, precision);
    long start = random.nextLong((1L << precision) - frequency + 1);
    return new Operation(kind, start, frequency, precision);
  }

  /** Does the step and returns it with the symbol that it decoded, if it decodes. */
  Operation apply(BitStack stack) {
    UniformCoder uniform = new UniformCoder(stack);
    RansCoder rans = new RansCoder(stack);
    switch (kind) {
      case ENCODE_UNIFORM -> uniform.encode((int) symbolOrStart, rangeOrFrequency);
      case DECODE_UNIFORM -> {
        return new Operation(kind, uniform.decode(rangeOrFrequency), rangeOrFrequency, 0);
      }
      case ENCODE_RANS -> rans.encode((int) symbolOrStart, rangeOrFrequency, precision);
      case DECODE_RANS -> {
        // one symbol owns exactly the slots that the random step names, two others the rest
        Operation owner = ownerOf(rans.peek(precision));
        rans.advance((int) owner.symbolOrStart, owner.rangeOrFrequency, precision);
        return owner;
      }
    }
    return this;
  }

  /** Takes the step back; false where that brings another symbol to light than went in. */
  boolean undo(BitStack stack) {
    UniformCoder uniform = new UniformCoder(stack);
    RansCoder rans = new RansCoder(stack);
    switch (kind) {
      case ENCODE_UNIFORM -> {
        return uniform.decode(rangeOrFrequency) == symbolOrStart;
      }
      case DECODE_UNIFORM -> uniform.encode((int) symbolOrStart, rangeOrFrequency);
      case ENCODE_RANS -> {
        long slot = rans.peek(precision);
        if (slot < symbolOrStart || slot >= symbolOrStart + rangeOrFrequency) {
          return false;
        }
        rans.advance((int) symbolOrStart, rangeOrFrequency, precision);
      }
      case DECODE_RANS -> rans.encode((int) symbolOrStart, rangeOrFrequency, precision);
    }
    return true;
  }

  private Operation ownerOf(long slot) {
    long end = symbolOrStart + rangeOrFrequency;
    if (slot < symbolOrStart) {
      return new Operation(kind, 0, symbolOrStart, precision);
    }
    return slot < end ? this : new Operation(kind, end, (1L << precision) - end, precision);
  }

  /** A number from 1 to 2^bits, of every magnitude alike, ends and powers of two included. */
  private static long randomUpTo(SplittableRandom random, int bits) {
    long power = 1L << random.nextInt(bits + 1);
    return switch (random.nextInt(4)) {
      case 0 -> power;
      case 1 -> Math.max(1, power - 1);
      case 2 -> Math.min(1L << bits, power + 1);
      default -> 1 + random.nextLong(power);
    };
  }
}
