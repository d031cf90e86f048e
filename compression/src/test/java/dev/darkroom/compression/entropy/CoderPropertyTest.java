package dev.darkroom.compression.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CoderPropertyTest {
  @Property
  void uniformEncodeAndDecodeInvertEachOtherFromAnyHead(
      @ForAll @LongRange(min = 1L << 31, max = Long.MAX_VALUE) long head,
      @ForAll @LongRange(min = 1, max = UniformCoder.MAX_RANGE) long range,
      @ForAll @LongRange(min = 0, max = UniformCoder.MAX_RANGE) long seed) {
    BitStack stack = BitStack.forEncoding();
    stack.head = head;
    UniformCoder coder = new UniformCoder(stack);
    int symbol = (int) (seed % range);

    coder.encode(symbol, range);
    assertThat(stack.head).isGreaterThanOrEqualTo(1L << 31);
    assertThat(coder.decode(range)).isEqualTo(symbol);
    assertThat(stack.head).isEqualTo(head);

    int decoded = coder.decode(range);
    assertThat(stack.head).isGreaterThanOrEqualTo(1L << 31);
    coder.encode(decoded, range);
    assertThat(stack.head).isEqualTo(head);
  }

  @Property
  void ransEncodeAndDecodeInvertEachOtherFromAnyHead(
      @ForAll @LongRange(min = 1L << 31, max = Long.MAX_VALUE) long head,
      @ForAll @IntRange(min = 0, max = 31) int precision,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed) {
    BitStack stack = BitStack.forEncoding();
    stack.head = head;
    RansCoder coder = new RansCoder(stack);
    long frequency = 1 + seed % (1L << precision);
    int start = (int) ((seed >>> 31) % ((1L << precision) - frequency + 1));

    coder.encode(start, frequency, precision);
    assertThat(stack.head).isGreaterThanOrEqualTo(1L << 31);
    assertThat(coder.peek(precision) - (long) start).isBetween(0L, frequency - 1);
    coder.advance(start, frequency, precision);
    assertThat(stack.head).isEqualTo(head);
    assertThat(stack.size).isZero();
  }

  @Property(tries = 50)
  void everyStepAgreesWithWholeNumberArithmetic(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitStack stack = BitStack.forEncoding();
    ReferenceCoder reference = new ReferenceCoder();
    for (int i = 0; i < 500; i++) {
      Operation done = Operation.random(random).apply(stack);
      switch (done.kind()) {
        case ENCODE_UNIFORM ->
            reference.encodeUniform(done.symbolOrStart(), done.rangeOrFrequency());
        case DECODE_UNIFORM ->
            assertThat(reference.decodeUniform(done.rangeOrFrequency()))
                .isEqualTo(done.symbolOrStart());
        case ENCODE_RANS ->
            reference.encodeRans(done.symbolOrStart(), done.rangeOrFrequency(), done.precision());
        case DECODE_RANS -> {
          assertThat(reference.peekRans(done.precision()) - done.symbolOrStart())
              .isBetween(0L, done.rangeOrFrequency() - 1);
          reference.advanceRans(done.symbolOrStart(), done.rangeOrFrequency(), done.precision());
        }
      }
      assertThat(stack.head).isEqualTo(reference.head());
    }
    assertThat(Arrays.copyOf(stack.words, stack.size)).isEqualTo(reference.words());
  }

  @Test
  void undoingAMillionMixedStepsRestoresHeadAndWords() {
    SplittableRandom random = new SplittableRandom(1);
    BitStack stack = BitStack.forEncoding();
    for (int i = 0; i < 5_000; i++) {
      stack.push(random.nextInt());
    }
    stack.head = 1L << 31 | random.nextLong() >>> 1;
    long head = stack.head;
    int[] words = Arrays.copyOf(stack.words, stack.size);

    List<Operation> done = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      done.add(Operation.random(random).apply(stack));
    }
    boolean allTakenBack = true;
    for (int i = done.size() - 1; i >= 0; i--) {
      allTakenBack &= done.get(i).undo(stack);
    }

    assertThat(allTakenBack).isTrue();
    assertThat(stack.head).isEqualTo(head);
    int lent = stack.auxiliaryWords();
    assertThat(Arrays.copyOfRange(stack.words, lent, stack.size)).isEqualTo(words);
  }

  @Property(tries = 100)
  void bitsBackEndsAtTheSeedStateAfterATripThroughBytes(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 3000) int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    BitStack stack = BitStack.forEncoding();
    List<Operation> done = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      done.add(Operation.random(random).apply(stack));
    }

    BitStack received = BitStack.parse(stack.toBytes());
    for (int i = done.size() - 1; i >= 0; i--) {
      assertThat(done.get(i).undo(received)).isTrue();
    }
    received.requireSeedState();
    assertThat(received.size).isEqualTo(stack.auxiliaryWords());
  }

  @Property(tries = 100)
  void bulkCodingEqualsOneCallPerSymbol(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 300) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] symbols = new int[count];
    int[] ranges = new int[count];
    int[] starts = new int[count];
    int[] frequencies = new int[count];
    int precision = random.nextInt(32);
    long common = random.nextInt(3) == 0 ? 1L << random.nextInt(32) : 1 + random.nextLong(1L << 31);
    int[] commonSymbols = new int[count];
    for (int i = 0; i < count; i++) {
      long range = 1 + random.nextLong(1L << random.nextInt(32));
      ranges[i] = (int) range;
      symbols[i] = (int) random.nextLong(range);
      commonSymbols[i] = (int) random.nextLong(common);
      long frequency = 1 + random.nextLong(1L << precision);
      frequencies[i] = (int) frequency;
      starts[i] = (int) random.nextLong((1L << precision) - frequency + 1);
    }
    BitStack single = BitStack.forEncoding();
    BitStack bulk = BitStack.forEncoding();

    UniformCoder one = new UniformCoder(single);
    RansCoder oneRans = new RansCoder(single);
    for (int i = count - 1; i >= 0; i--) {
      one.encode(symbols[i], ranges[i] & 0xFFFF_FFFFL);
    }
    for (int i = count - 1; i >= 0; i--) {
      one.encode(commonSymbols[i], common);
    }
    for (int i = count - 1; i >= 0; i--) {
      oneRans.encode(starts[i], frequencies[i] & 0xFFFF_FFFFL, precision);
    }
    UniformCoder all = new UniformCoder(bulk);
    all.encodeAll(symbols, ranges, 0, count);
    all.encodeAll(commonSymbols, 0, count, common);
    new RansCoder(bulk).encodeAll(starts, frequencies, 0, count, precision);
    assertThat(bulk.toBytes()).isEqualTo(single.toBytes());

    RansCoder rans = new RansCoder(bulk);
    for (int i = 0; i < count; i++) {
      long frequency = frequencies[i] & 0xFFFF_FFFFL;
      assertThat(rans.peek(precision) - (long) starts[i]).isBetween(0L, frequency - 1);
      rans.advance(starts[i], frequency, precision);
    }
    int[] commonDecoded = new int[count];
    all.decodeAll(commonDecoded, 0, count, common);
    assertThat(commonDecoded).isEqualTo(commonSymbols);
    int[] decoded = new int[count];
    all.decodeAll(decoded, ranges, 0, count);
    assertThat(decoded).isEqualTo(symbols);
    assertThat(bulk.isAtSeedState()).isTrue();
  }

  @Property(tries = 20)
  void codedLengthIsTheIdeal(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitStack stack = BitStack.forEncoding();
    UniformCoder uniform = new UniformCoder(stack);
    RansCoder rans = new RansCoder(stack);
    double ideal = 0;
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      long range = 1 + random.nextLong(1L << random.nextInt(25));
      uniform.encode((int) random.nextLong(range), range);
      ideal += Math.log(range) / Math.log(2);
      int precision = random.nextInt(25);
      long frequency = 1 + random.nextLong(1L << precision);
      rans.encode(0, frequency, precision);
      ideal += precision - Math.log(frequency) / Math.log(2);
    }
    assertThat(stack.netBits()).isCloseTo(ideal, within(ideal * 1e-4));
    assertThat(8.0 * stack.byteLength()).isBetween(ideal, ideal * 1.0001 + 64);
  }
}
