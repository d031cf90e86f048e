package dev.darkroom.generation.scheduler;

import java.util.Arrays;

/**
 * The noise levels that a multistep solver visits, from all noise to the image.
 *
 * @param timesteps of the steps
 * @param sigmas the ratio of noise to image, or the share of noise in a flow: one more than there
 *     are steps
 * @param flow whether samples are {@code (1 - sigma) x0 + sigma e}
 */
record SolverSchedule(double[] timesteps, float[] sigmas, boolean flow) {

  /** How many levels there are to step from. */
  int steps() {
    return timesteps.length;
  }

  /** What the image is multiplied by at a level. */
  float alpha(int level) {
    float sigma = sigmas[level];
    return flow ? 1 - sigma : 1 / Floats.sqrt(sigma * sigma + 1);
  }

  /** What the noise is multiplied by at a level. */
  float sigma(int level) {
    return flow ? sigmas[level] : sigmas[level] * alpha(level);
  }

  /**
   * Half the logarithm of the signal-to-noise ratio at a level; infinite where there is no noise.
   */
  float lambda(int level) {
    return Floats.log(alpha(level)) - Floats.log(sigma(level));
  }

  /** The image that the model sees at a level. */
  float[] data(int level, Prediction prediction, float[] output, float[] sample) {
    float sigma = prediction == Prediction.FLOW ? sigmas[level] : sigma(level);
    return prediction.data(output, sample, alpha(level), sigma);
  }

  /** How the levels are chosen. */
  enum Spread {
    TIMESTEPS,
    /** Equation 5 of Karras et al., "Elucidating the Design Space of Diffusion Models" (2022). */
    KARRAS,
    FLOW
  }

  /** What the last level is. */
  enum End {
    ZERO,
    SIGMA_MIN,
    /** The level before it, so that the last step stays where it is. */
    REPEATED
  }

  /**
   * What a configuration says of the levels.
   *
   * @param flowShift how far flow sigmas are moved towards noise
   * @param minLambda below which timesteps are not used
   * @param wholeTimesteps whether timesteps of Karras sigmas are rounded rather than cut
   */
  record Settings(
      NoiseSchedule schedule,
      DiscreteTimesteps spacing,
      Spread spread,
      double flowShift,
      double minLambda,
      boolean wholeTimesteps) {
    private static final double RHO = 7;
    private static final double MIN_SIGMA = 1e-10;

    static Settings read(ConfigValues values, boolean wholeTimesteps) {
      NoiseSchedule schedule = NoiseSchedule.readForSolver(values);
      for (String key : new String[] {"exponential_sigmas", "beta_sigmas", "lu_lambdas"}) {
        values.refuse("use_" + key, "of these only Karras and flow sigmas are supported");
      }
      values.refuse(
          "use_dynamic_shifting",
          "a shift that depends on the size of the image is not supported; give a fixed"
              + " flow_shift");
      boolean karras = values.flag("use_karras_sigmas", false);
      boolean flow = values.flag("use_flow_sigmas", false);
      if (karras && flow) {
        values.problem("use_karras_sigmas", "flow sigmas can't be Karras sigmas too; choose one");
      }
      for (String key : new String[] {"sigma_min", "sigma_max"}) {
        if (karras && !values.at(key).isMissingNode()) {
          values.problem(key, "the ends of Karras sigmas are those of the noise schedule here");
        }
      }
      return new Settings(
          schedule,
          DiscreteTimesteps.read(values, Timesteps.LINSPACE),
          flow ? Spread.FLOW : karras ? Spread.KARRAS : Spread.TIMESTEPS,
          values.number("flow_shift", 1, Double.MIN_NORMAL, Float.MAX_VALUE),
          values.number(
              "lambda_min_clipped",
              Double.NEGATIVE_INFINITY,
              Double.NEGATIVE_INFINITY,
              Float.MAX_VALUE),
          wholeTimesteps || !schedule.cosine());
    }

    SolverSchedule select(int steps, End end) {
      float[] trained = schedule.sigmas();
      int training = schedule.timesteps();
      double[] levels;
      double[] timesteps;
      switch (spread) {
        case KARRAS -> {
          levels = karras(trained, steps);
          timesteps = timestepsOf(levels, trained);
        }
        case FLOW -> {
          levels = flow(steps);
          timesteps = Arrays.stream(levels).map(s -> Math.floor(s * training)).toArray();
        }
        default -> {
          int last = schedule.timestepsAbove(minLambda);
          timesteps = spacing.selectForSolver(steps, training, last);
          levels = Arrays.stream(timesteps).map(t -> trained[(int) t]).toArray();
        }
      }
      float[] sigmas = new float[levels.length + 1];
      for (int i = 0; i < levels.length; i++) {
        sigmas[i] = (float) levels[i];
      }
      sigmas[levels.length] =
          switch (end) {
            case ZERO -> 0;
            case SIGMA_MIN -> trained[0];
            case REPEATED -> sigmas[levels.length - 1];
          };
      return new SolverSchedule(timesteps, sigmas, spread == Spread.FLOW);
    }

    private static double[] karras(float[] trained, int steps) {
      double highest = StrictMath.pow(trained[trained.length - 1], 1 / RHO);
      double lowest = StrictMath.pow(trained[0], 1 / RHO);
      double[] levels = Timesteps.linspace(0, 1, steps);
      for (int i = 0; i < steps; i++) {
        levels[i] = StrictMath.pow(highest + levels[i] * (lowest - highest), RHO);
      }
      return levels;
    }

    private double[] flow(int steps) {
      double[] alphas = Timesteps.linspace(1, 1.0 / schedule.timesteps(), steps + 1);
      double[] levels = new double[steps];
      for (int i = 0; i < steps; i++) {
        double sigma = 1 - alphas[steps - i];
        levels[i] = flowShift * sigma / (1 + (flowShift - 1) * sigma);
      }
      return levels;
    }

    /** Where the levels lie between those of the timesteps, by their logarithms. */
    private double[] timestepsOf(double[] levels, float[] trained) {
      double[] timesteps = new double[levels.length];
      for (int i = 0; i < levels.length; i++) {
        double log = StrictMath.log(Math.max(levels[i], MIN_SIGMA));
        int low = 0;
        while (low < trained.length - 2 && Floats.log(trained[low + 1]) <= log) {
          low++;
        }
        double from = Floats.log(trained[low]);
        double weight = (from - log) / (from - Floats.log(trained[low + 1]));
        weight = Math.min(Math.max(weight, 0), 1);
        double timestep = (1 - weight) * low + weight * (low + 1);
        timesteps[i] = wholeTimesteps ? Math.rint(timestep) : Math.floor(timestep);
      }
      return timesteps;
    }
  }
}
