package dev.darkroom.generation.scheduler;

import java.util.Locale;
import java.util.Map;

/**
 * Which training timesteps are sampled.
 *
 * @param spacing how they are spread
 * @param offset added where the spacing is leading
 */
record DiscreteTimesteps(Timesteps spacing, int offset) {
  private static final Map<String, Timesteps> SPACINGS =
      Map.of(
          "linspace", Timesteps.LINSPACE,
          "leading", Timesteps.LEADING,
          "trailing", Timesteps.TRAILING);

  static DiscreteTimesteps read(ConfigValues values, Timesteps absent) {
    return new DiscreteTimesteps(
        values.choice("timestep_spacing", absent, SPACINGS),
        values.integer("steps_offset", 0, 0, Integer.MAX_VALUE / 2));
  }

  /** For DDPM and DDIM. */
  double[] select(int steps, int training) {
    return checked(spacing.select(steps, training, offset), steps, training);
  }

  /**
   * For multistep solvers.
   *
   * @param last the number of training timesteps that are used
   */
  double[] selectForSolver(int steps, int training, int last) {
    return checked(spacing.selectForSolver(steps, training, last, offset), steps, training);
  }

  private double[] checked(double[] timesteps, int steps, int training) {
    double before = training;
    for (double timestep : timesteps) {
      if (timestep < 0 || timestep >= before) {
        throw new SchedulerException(
            "%d steps can't be taken: with timestep_spacing %s and steps_offset %d the %s; take fewer steps"
                .formatted(
                    steps,
                    spacing.name().toLowerCase(Locale.ROOT),
                    offset,
                    timestep < 0 || timestep >= training
                        ? "timestep %.0f is not one of the %d that the model knows"
                            .formatted(timestep, training)
                        : "timestep %.0f would come twice".formatted(timestep)));
      }
      before = timestep;
    }
    return timesteps;
  }
}
