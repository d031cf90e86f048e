package dev.darkroom.generation.scheduler;

import dev.darkroom.generation.noise.GaussianNoise;
import java.util.Arrays;
import java.util.List;

/**
 * Denoising diffusion implicit models: equations 12 and 16 of Song et al. (2021).
 *
 * @param timesteps of the steps
 * @param coefficients of the steps
 * @param stochastic whether the steps draw noise
 */
record Ddim(
    double[] timesteps,
    List<Coefficients> coefficients,
    Prediction prediction,
    DataLimit limit,
    boolean stochastic)
    implements Scheduler {

  /**
   * Of one step.
   *
   * @param alpha of the sample, and sigma of its noise
   * @param nextAlpha of the next sample
   * @param direction what the predicted noise is multiplied by in the next sample
   * @param deviation of the noise that is added
   */
  record Coefficients(
      float alpha, float sigma, float nextAlpha, float direction, float deviation) {}

  /** Reads what a configuration says. */
  static SamplerSettings read(ConfigValues values, double eta) {
    values.refuse("use_flow_sigmas", "DDIM can't sample flow matching");
    return new Settings(
        NoiseSchedule.read(values),
        DiscreteTimesteps.read(values, Timesteps.LEADING),
        Prediction.read(values),
        DataLimit.read(values),
        values.flag("set_alpha_to_one", true),
        (float) eta);
  }

  private record Settings(
      NoiseSchedule schedule,
      DiscreteTimesteps spacing,
      Prediction prediction,
      DataLimit limit,
      boolean endsAtOne,
      float eta)
      implements SamplerSettings {

    @Override
    public int trainingTimesteps() {
      return schedule.timesteps();
    }

    @Override
    public Scheduler scheduler(int steps) {
      double[] timesteps = spacing.select(steps, trainingTimesteps());
      List<Coefficients> coefficients =
          Arrays.stream(timesteps)
              .mapToObj(timestep -> coefficients((int) timestep, trainingTimesteps() / steps))
              .toList();
      return new Ddim(timesteps, coefficients, prediction, limit, eta > 0);
    }

    private Coefficients coefficients(int timestep, int stride) {
      float[] products = schedule.alphasCumprod();
      float product = prediction.usable(products[timestep], timestep);
      float end = endsAtOne ? 1 : products[0];
      float next = timestep >= stride ? products[timestep - stride] : end;
      float variance = (1 - next) / (1 - product) * (1 - product / next);
      float deviation = eta * Floats.sqrt(variance);
      return new Coefficients(
          Floats.sqrt(product),
          Floats.sqrt(1 - product),
          Floats.sqrt(next),
          Floats.sqrt(1 - next - deviation * deviation),
          deviation);
    }
  }

  @Override
  public double[] timesteps() {
    return timesteps.clone();
  }

  @Override
  public Stepper start(GaussianNoise noise) {
    return new CheckedStepper(timesteps.length) {
      @Override
      float[] next(int index, float[] output, float[] sample) {
        Coefficients now = coefficients.get(index);
        float[] data = prediction.data(output, sample, now.alpha, now.sigma);
        limit.apply(data);
        float[] result = Floats.scaled(now.nextAlpha, data);
        Floats.add(result, now.direction, prediction.noise(output, sample, now.alpha, now.sigma));
        if (stochastic) {
          Floats.add(result, now.deviation, noise.next(sample.length));
        }
        return result;
      }
    };
  }
}
