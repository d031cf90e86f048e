package dev.darkroom.compression.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.compression.entropy.BitStack;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ModularScaleTransformTest {
  private static final long MOST = 1L << 31;

  @Property
  void inverseUndoesForward(
      @ForAll int x,
      @ForAll @LongRange(min = 1, max = MOST) long numerator,
      @ForAll @LongRange(min = 1, max = MOST) long denominator,
      @ForAll long seed) {
    Assume.that(Math.abs((double) x * numerator / denominator) < MOST - 2.0 * numerator);
    BitStack stack = RandomStacks.of(new SplittableRandom(seed));
    double before = stack.netBits();
    ModularScaleTransform transform = new ModularScaleTransform(stack);

    int z = transform.forward(x, numerator, denominator);

    double exact = (double) numerator * x / denominator;
    assertThat((double) z).isBetween(exact - 1.001, exact + (double) numerator / denominator + 1);
    assertThat(transform.inverse(z, numerator, denominator)).isEqualTo(x);
    assertThat(stack.netBits()).isCloseTo(before, within(1e-9));
  }

  @Property
  void forwardUndoesInverse(
      @ForAll int z,
      @ForAll @LongRange(min = 1, max = MOST) long numerator,
      @ForAll @LongRange(min = 1, max = MOST) long denominator,
      @ForAll long seed) {
    Assume.that(Math.abs((double) z * denominator / numerator) < MOST - 2.0 * denominator);
    BitStack stack = RandomStacks.of(new SplittableRandom(seed));
    double before = stack.netBits();
    ModularScaleTransform transform = new ModularScaleTransform(stack);

    int x = transform.inverse(z, numerator, denominator);

    assertThat(transform.forward(x, numerator, denominator)).isEqualTo(z);
    assertThat(stack.netBits()).isCloseTo(before, within(1e-9));
  }

  @Test
  void theEndsOfTheIntegersSurvive() {
    BitStack stack = BitStack.forEncoding();
    ModularScaleTransform transform = new ModularScaleTransform(stack);
    int[] values = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1, 0, 1, Integer.MAX_VALUE};
    long[] numerators = {1, 2, 65_535, 65_536, MOST - 1, MOST};

    for (int x : values) {
      for (long numerator : numerators) {
        int z = transform.forward(x, numerator, MOST);
        assertThat(transform.inverse(z, numerator, MOST)).isEqualTo(x);
      }
    }
    assertThat(stack.isAtSeedState()).isTrue();
    assertThatExceptionOfType(FixedPointRangeException.class)
        .isThrownBy(() -> transform.forward(Integer.MAX_VALUE, 2, 1))
        .withMessageContaining("32 bits");
  }

  @Property(tries = 20)
  void costsTheLogarithmOfTheScale(
      @ForAll @LongRange(min = 1, max = 1 << 22) long numerator, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitStack stack = BitStack.forEncoding();
    ModularScaleTransform transform = new ModularScaleTransform(stack);
    int count = 5_000;
    for (int i = 0; i < count; i++) {
      transform.forward(random.nextInt(-1 << 20, 1 << 20), numerator, 1 << 16);
    }
    double ideal = 16 - Math.log(numerator) / Math.log(2);
    assertThat(stack.netBits() / count).isCloseTo(ideal, within(1e-3));
  }
}
