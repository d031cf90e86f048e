package dev.darkroom.generation.scheduler;

import dev.darkroom.generation.noise.GaussianNoise;

/**
 * Euler's method along the flow: {@code x += (sigma' - sigma) v}.
 *
 * @param sigmas one more than there are steps; the last is 0
 * @param timesteps sigmas times the number of training timesteps
 */
record FlowMatchEuler(float[] sigmas, double[] timesteps) implements Scheduler {

  /** Reads what a configuration says. */
  static SamplerSettings read(ConfigValues values) {
    int training = values.integer("num_train_timesteps", 1000, 1, Integer.MAX_VALUE);
    double shift = values.number("shift", 1, Double.MIN_NORMAL, Float.MAX_VALUE);
    values.refuse(
        "use_dynamic_shifting",
        "a shift that depends on the size of the image is not supported; give a fixed shift");
    values.refuse("invert_sigmas", "inverted sigmas are not supported");
    values.refuse("shift_terminal", "a stretched schedule is not supported");
    values.refuse("stochastic_sampling", "stochastic sampling is not supported");
    values.refuse("use_karras_sigmas", "flow matching has only its own sigmas here");
    values.refuse("use_exponential_sigmas", "flow matching has only its own sigmas here");
    values.refuse("use_beta_sigmas", "flow matching has only its own sigmas here");
    return new Settings(training, shift);
  }

  private record Settings(int trainingTimesteps, double shift) implements SamplerSettings {

    @Override
    public Scheduler scheduler(int steps) {
      // Shifted twice, as diffusers does: the ends of the schedule once, then what lies between.
      double highest = (double) shifted(1f) * trainingTimesteps;
      double lowest = (double) shifted(1f / trainingTimesteps) * trainingTimesteps;
      double[] even = Timesteps.linspace(highest, lowest, steps);
      float[] sigmas = new float[steps + 1];
      double[] timesteps = new double[steps];
      for (int i = 0; i < steps; i++) {
        double sigma = even[i] / trainingTimesteps;
        sigmas[i] = (float) (shift * sigma / (1 + (shift - 1) * sigma));
        timesteps[i] = sigmas[i] * trainingTimesteps;
      }
      return new FlowMatchEuler(sigmas, timesteps);
    }

    private float shifted(float sigma) {
      return (float) shift * sigma / (1 + (float) (shift - 1) * sigma);
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
      float[] next(int index, float[] velocity, float[] sample) {
        float change = sigmas[index + 1] - sigmas[index];
        float[] result = new float[sample.length];
        for (int i = 0; i < result.length; i++) {
          result[i] = sample[i] + change * velocity[i];
        }
        return result;
      }
    };
  }
}
