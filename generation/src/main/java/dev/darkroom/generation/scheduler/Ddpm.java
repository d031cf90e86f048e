package dev.darkroom.generation.scheduler;

import dev.darkroom.generation.noise.GaussianNoise;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Denoising diffusion probabilistic models: equations 6 and 7 of Ho et al. (2020), over some of the
 * timesteps.
 *
 * @param timesteps of the steps
 * @param coefficients of the steps
 */
record Ddpm(
    double[] timesteps,
    List<Coefficients> coefficients,
    Prediction prediction,
    DataLimit limit,
    Variance variance)
    implements Scheduler {
  private static final float MIN_VARIANCE = 1e-20f;

  /** The variance of a step: {@code variance_type}. */
  private enum Variance {
    FIXED_SMALL,
    FIXED_SMALL_LOG,
    FIXED_LARGE,
    FIXED_LARGE_LOG,
    LEARNED,
    LEARNED_RANGE;

    private static final Map<String, Variance> NAMES =
        Map.of(
            "fixed_small", FIXED_SMALL,
            "fixed_small_log", FIXED_SMALL_LOG,
            "fixed_large", FIXED_LARGE,
            "fixed_large_log", FIXED_LARGE_LOG,
            "learned", LEARNED,
            "learned_range", LEARNED_RANGE);

    boolean learned() {
      return this == LEARNED || this == LEARNED_RANGE;
    }

    /** The deviation of a step where it is the same for every value. */
    float fixed(float small, float large) {
      return switch (this) {
        case FIXED_SMALL -> Floats.sqrt(small);
        case FIXED_SMALL_LOG -> Floats.exp(0.5f * Floats.log(small));
        case FIXED_LARGE -> Floats.sqrt(large);
        // diffusers 0.35 takes the root of the logarithm, which is no number.
        case FIXED_LARGE_LOG -> Floats.exp(0.5f * Floats.log(large));
        case LEARNED, LEARNED_RANGE -> 0;
      };
    }
  }

  /**
   * Of one step.
   *
   * @param alpha of the sample, and sigma of its noise
   * @param data what the predicted image is multiplied by in the next sample
   * @param current what the sample is multiplied by in the next one
   * @param small the logarithm of the smaller bound of the variance
   * @param large the logarithm of the larger one
   * @param deviation of the noise, where it is not learned
   */
  private record Coefficients(
      float alpha,
      float sigma,
      float data,
      float current,
      float small,
      float large,
      float deviation) {}

  /** Reads what a configuration says. */
  static SamplerSettings read(ConfigValues values) {
    values.refuse("use_flow_sigmas", "DDPM can't sample flow matching");
    return new Settings(
        NoiseSchedule.read(values),
        DiscreteTimesteps.read(values, Timesteps.LEADING),
        Prediction.read(values),
        DataLimit.read(values),
        values.choice("variance_type", Variance.FIXED_SMALL, Variance.NAMES));
  }

  private record Settings(
      NoiseSchedule schedule,
      DiscreteTimesteps spacing,
      Prediction prediction,
      DataLimit limit,
      Variance variance)
      implements SamplerSettings {

    @Override
    public int trainingTimesteps() {
      return schedule.timesteps();
    }

    @Override
    public Scheduler scheduler(int steps) {
      double[] timesteps = spacing.select(steps, trainingTimesteps());
      List<Coefficients> coefficients =
          IntStream.range(0, timesteps.length).mapToObj(i -> coefficients(timesteps, i)).toList();
      return new Ddpm(timesteps, coefficients, prediction, limit, variance);
    }

    private Coefficients coefficients(double[] timesteps, int index) {
      float[] products = schedule.alphasCumprod();
      int timestep = (int) timesteps[index];
      float product = prediction.usable(products[timestep], timestep);
      float next = index + 1 < timesteps.length ? products[(int) timesteps[index + 1]] : 1;
      float ratio = product / next;
      float beta = 1 - ratio;
      float small = Math.max((1 - next) / (1 - product) * beta, MIN_VARIANCE);
      return new Coefficients(
          Floats.sqrt(product),
          Floats.sqrt(1 - product),
          Floats.sqrt(next) * beta / (1 - product),
          Floats.sqrt(ratio) * (1 - next) / (1 - product),
          Floats.log(small),
          Floats.log(beta),
          variance.fixed(small, beta));
    }
  }

  @Override
  public double[] timesteps() {
    return timesteps.clone();
  }

  @Override
  public boolean learnsVariance() {
    return variance.learned();
  }

  @Override
  public Stepper start(GaussianNoise noise) {
    boolean learned = variance.learned();
    return new CheckedStepper(timesteps.length, learned, learned) {
      @Override
      float[] next(int index, float[] output, float[] sample) {
        Coefficients now = coefficients.get(index);
        float[] data = prediction.data(output, sample, now.alpha, now.sigma);
        limit.apply(data);
        float[] result = Floats.scaled(now.data, data);
        Floats.add(result, now.current, sample);
        if (timesteps[index] > 0) {
          float[] drawn = noise.next(sample.length);
          if (learned) {
            addLearned(result, output, drawn, now);
          } else {
            Floats.add(result, now.deviation, drawn);
          }
        }
        return result;
      }
    };
  }

  /** The second half of the output is the variance, or where its logarithm lies between bounds. */
  private void addLearned(float[] result, float[] output, float[] drawn, Coefficients now) {
    float[] learned = Arrays.copyOfRange(output, result.length, output.length);
    for (int i = 0; i < result.length; i++) {
      float deviation;
      if (variance == Variance.LEARNED) {
        deviation = Floats.sqrt(learned[i]);
      } else {
        float fraction = (learned[i] + 1) / 2;
        deviation = Floats.exp(0.5f * (fraction * now.large + (1 - fraction) * now.small));
      }
      result[i] += deviation * drawn[i];
    }
  }
}
