package dev.darkroom.compression.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.compression.entropy.BitStack;
import java.util.SplittableRandom;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MonotoneInterpolationTest {
  @Property
  void inverseUndoesForwardEverywhereAndStaysInItsInterval(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = random.nextInt(2, 12);
    int[] knots = increasing(random, count);
    int[] images = increasing(random, count);
    BitStack stack = RandomStacks.of(random);
    double before = stack.netBits();
    ModularScaleTransform transform = new ModularScaleTransform(stack);

    for (int i = 0; i < 20; i++) {
      int x = interesting(random, knots);
      int z = MonotoneInterpolation.forward(x, knots, images, transform);
      for (int k = 0; k < count; k++) {
        assertThat(z >= images[k]).isEqualTo(x >= knots[k]);
      }
      assertThat(MonotoneInterpolation.inverse(z, knots, images, transform)).isEqualTo(x);
    }
    assertThat(stack.netBits()).isCloseTo(before, within(1e-9));
  }

  @Test
  void costsTheLogarithmOfTheSlope() {
    int[] knots = {-1000, 0, 50, 3000};
    int[] images = {-10, 0, 5000, 5001};
    double[] ideal = {Math.log(100), Math.log(0.01), Math.log(2950)};
    SplittableRandom random = new SplittableRandom(3);
    for (int interval = 0; interval < ideal.length; interval++) {
      BitStack stack = BitStack.forEncoding();
      ModularScaleTransform transform = new ModularScaleTransform(stack);
      int count = 10_000;
      for (int i = 0; i < count; i++) {
        int x = random.nextInt(knots[interval], knots[interval + 1]);
        MonotoneInterpolation.forward(x, knots, images, transform);
      }
      assertThat(stack.netBits() / count).isCloseTo(ideal[interval] / Math.log(2), within(1e-3));
    }
  }

  @Test
  void isAShiftOutsideItsKnots() {
    BitStack stack = BitStack.forEncoding();
    ModularScaleTransform transform = new ModularScaleTransform(stack);
    int[] knots = {-5, 5};
    int[] images = {-50, 50};

    assertThat(MonotoneInterpolation.forward(-6, knots, images, transform)).isEqualTo(-51);
    assertThat(MonotoneInterpolation.forward(5, knots, images, transform)).isEqualTo(50);
    assertThat(MonotoneInterpolation.forward(1_000_000, knots, images, transform))
        .isEqualTo(1_000_045);
    assertThat(stack.isAtSeedState()).isTrue();
    assertThatExceptionOfType(FixedPointRangeException.class)
        .isThrownBy(
            () -> MonotoneInterpolation.forward(Integer.MIN_VALUE, knots, images, transform));
  }

  private static int[] increasing(SplittableRandom random, int count) {
    TreeSet<Integer> values = new TreeSet<>();
    int reach = 1 << random.nextInt(6, 30);
    while (values.size() < count) {
      values.add(random.nextInt(-reach, reach));
    }
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Values at, next to, between and beyond the knots. */
  private static int interesting(SplittableRandom random, int[] knots) {
    int knot = knots[random.nextInt(knots.length)];
    return switch (random.nextInt(3)) {
      case 0 -> knot + random.nextInt(-1, 2);
      case 1 -> random.nextInt(knots[0], knots[knots.length - 1] + 1);
      default -> random.nextInt(-1 << 30, 1 << 30) / 2;
    };
  }
}
