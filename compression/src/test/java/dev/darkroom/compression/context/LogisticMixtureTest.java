package dev.darkroom.compression.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;

class LogisticMixtureTest {
  private static final int COMPONENTS = 3;
  private static final int END = 1 << LogisticMixture.PRECISION;

  @Property
  void everyValueHasSlotsAndEverySlotHasItsValue(
      @ForAll @Size(9) float[] parameters,
      @ForAll @FloatRange(min = 0, max = 255) float prediction,
      @ForAll @FloatRange(min = 0.3f, max = 200) float scale) {
    LogisticMixture mixture = mixture(parameters, prediction, scale);

    int next = 0;
    for (int value = 0; value < 256; value++) {
      mixture.locate(value);
      int start = mixture.start();
      int frequency = mixture.frequency();
      assertThat(start).isEqualTo(next);
      assertThat(frequency).isPositive();
      next = start + frequency;
      assertThat(mixture.find(start)).isEqualTo(value);
      assertThat(mixture.find(next - 1)).isEqualTo(value);
      assertThat(mixture.start()).isEqualTo(start);
      assertThat(mixture.frequency()).isEqualTo(frequency);
    }
    assertThat(next).isEqualTo(END);
  }

  @Property
  void slotsFollowTheLogisticDistribution(
      @ForAll @FloatRange(min = 20, max = 230) float centre,
      @ForAll @FloatRange(min = 0.5f, max = 20) float scale) {
    LogisticMixture mixture = mixture(new float[9], centre, scale);

    for (int value = 1; value < 256; value += 5) {
      double expected = 1 / (1 + Math.exp((centre - (value - 0.5)) / scale));
      mixture.locate(value);
      assertThat(mixture.start() / (double) END).isCloseTo(expected, Offset.offset(3e-4));
    }
  }

  @Property
  void theExponentialIsExactToSixDigits(@ForAll @FloatRange(min = -30, max = 30) float x) {
    assertThat((double) Exponential.exp(x)).isCloseTo(Math.exp(x), Percentage.withPercentage(1e-4));
  }

  private static LogisticMixture mixture(float[] parameters, float prediction, float scale) {
    float[] limited = new float[parameters.length];
    for (int i = 0; i < limited.length; i++) {
      limited[i] = Float.isFinite(parameters[i]) ? Math.max(-40, Math.min(40, parameters[i])) : 0;
    }
    LaneKernel kernel = LaneKernels.BEST;
    int stride = LaneKernel.LANES;
    float[] mixtures = new float[limited.length * stride];
    for (int i = 0; i < limited.length; i++) {
      Arrays.fill(mixtures, i * stride, (i + 1) * stride, limited[i]);
    }
    float[] predictions = new float[stride];
    float[] scales = new float[stride];
    float[] units = new float[stride];
    Arrays.fill(predictions, prediction);
    Arrays.fill(scales, scale);
    Arrays.fill(units, 1 / scale);
    kernel.mixture(mixtures, COMPONENTS, stride, 0, predictions, scales, units);
    LogisticMixture mixture = new LogisticMixture(kernel, COMPONENTS);
    mixture.set(mixtures, stride, 3);
    return mixture;
  }
}
