package dev.darkroom.generation.scheduler;

/**
 * Which of the training timesteps are sampled: table 2 of Lin et al., "Common Diffusion Noise
 * Schedules and Sample Steps are Flawed" (2023), rounded as NumPy rounds.
 */
enum Timesteps {
  LINSPACE,
  LEADING,
  TRAILING;

  /** NumPy's {@code linspace}: evenly spaced, both ends included. */
  static double[] linspace(double start, double end, int count) {
    double[] values = new double[count];
    double step = (end - start) / (count - 1);
    for (int i = 0; i < count; i++) {
      values[i] = start + (i == 0 ? 0 : i * step);
    }
    if (count > 1) {
      values[count - 1] = end;
    }
    return values;
  }

  /**
   * For DDPM and DDIM.
   *
   * @param training the number of training timesteps
   * @param offset added where the spacing is leading
   */
  double[] select(int steps, int training, int offset) {
    return switch (this) {
      case LINSPACE -> descending(rounded(linspace(0, training - 1, steps)), 0);
      case LEADING -> leading(steps, training / steps, offset, 0);
      case TRAILING -> trailing(steps, training, training);
    };
  }

  /**
   * For multistep solvers, which go one step further: the step to no noise at all has no timestep.
   *
   * @param last the number of training timesteps that are used
   */
  double[] selectForSolver(int steps, int training, int last, int offset) {
    return switch (this) {
      case LINSPACE -> descending(rounded(linspace(0, last - 1, steps + 1)), 1);
      case LEADING -> leading(steps, last / (steps + 1), offset, 1);
      case TRAILING -> trailing(steps, training, last);
    };
  }

  private static double[] leading(int steps, int ratio, int offset, int first) {
    double[] values = new double[steps];
    for (int i = 0; i < steps; i++) {
      values[i] = (steps - 1 - i + first) * (double) ratio + offset;
    }
    return values;
  }

  /** Fewer than asked for where not all timesteps are used. */
  private static double[] trailing(int steps, int training, int last) {
    double ratio = (double) training / steps;
    int count = (int) Math.min(steps, Math.ceil(last / ratio));
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Math.rint(last - i * ratio) - 1;
    }
    return values;
  }

  private static double[] rounded(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.rint(values[i]);
    }
    return values;
  }

  /** Backwards, without the first few values. */
  private static double[] descending(double[] ascending, int skipped) {
    double[] values = new double[ascending.length - skipped];
    for (int i = 0; i < values.length; i++) {
      values[i] = ascending[ascending.length - 1 - i];
    }
    return values;
  }
}
