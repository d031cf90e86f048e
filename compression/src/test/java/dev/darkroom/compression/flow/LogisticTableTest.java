package dev.darkroom.compression.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.compression.entropy.BitStack;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LogisticTableTest {
  @Property
  void everyDifferenceOfTwoIntsSurvives(
      @ForAll @DoubleRange(min = -20, max = 20) double exponent,
      @ForAll int minuend,
      @ForAll int subtrahend,
      @ForAll short small) {
    LogisticTable table = LogisticTable.of((float) exponent);
    BitStack stack = BitStack.forEncoding();

    table.encode((long) minuend - subtrahend, stack);
    table.encode(small, stack);

    assertThat(table.decode(stack)).isEqualTo(small);
    assertThat(table.decode(stack)).isEqualTo((long) minuend - subtrahend);
    assertThat(stack.isAtSeedState()).isTrue();
  }

  @Test
  void theEdgesOfBucketsAndEscapesSurviveAtEveryScale() {
    for (int step = -6 * 64; step <= 10 * 64; step++) {
      LogisticTable table = LogisticTable.of(step / 64f);
      BitStack stack = BitStack.forEncoding();
      int bucketBits = Math.max(0, Math.floorDiv(step, 64) + 5);
      long end = 640L << bucketBits;
      long[] values = {
        -(1L << 32), -end - 1, -end, -end + 1, -1, 0, 1, end - 1, end, end + 1, (1L << 32) - 1
      };
      for (long value : values) {
        table.encode(value, stack);
      }
      for (int i = values.length - 1; i >= 0; i--) {
        assertThat(table.decode(stack)).isEqualTo(values[i]);
      }
      assertThat(stack.isAtSeedState()).isTrue();
    }
  }

  @Property(tries = 60)
  void costsTheLogarithmOfTheDensity(
      @ForAll @DoubleRange(min = -5, max = 10) double exponent, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float rounded = Math.round(exponent * 64) / 64f;
    LogisticTable table = LogisticTable.of(rounded);
    double scale = Math.pow(2, rounded) * (1 << LogisticTable.UNIT_BITS);
    BitStack stack = BitStack.forEncoding();
    double ideal = 0;
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      double u = random.nextDouble(1e-9, 1 - 1e-9);
      double drawn = scale * Math.log(u / (1 - u));
      table.encode((long) Math.floor(drawn), stack);
      double e = Math.abs(Math.floor(drawn) + 0.5) / scale;
      ideal += (e + 2 * Math.log1p(Math.exp(-e)) + Math.log(scale)) / Math.log(2);
    }
    assertThat(stack.netBits() / count).isCloseTo(ideal / count, within(1.5e-3));
  }
}
