package dev.darkroom.generation.scheduler;

import java.util.List;

/**
 * One step of SA-Solver from one noise level to the next: a weighted sum of the sample, the images
 * and the noise.
 *
 * @param sample what the sample is multiplied by
 * @param images what the images are multiplied by, the newest first
 * @param noise what the noise is multiplied by
 */
record SaStep(float sample, float[] images, float noise) {

  /** From a level to the next, by images at this level and before. */
  static SaStep predictor(SolverSchedule schedule, int level, int order, boolean noisy) {
    return step(schedule, level, level, order, noisy);
  }

  /** From a level to the next, by images at the next level, at this one and before. */
  static SaStep corrector(SolverSchedule schedule, int level, int order, boolean noisy) {
    return step(schedule, level, level + 1, order, noisy);
  }

  private static SaStep step(
      SolverSchedule schedule, int level, int newest, int order, boolean noisy) {
    // 1 + tau^2, and tau^2, for tau = 0 or 1.
    int growth = noisy ? 2 : 1;
    int noise = noisy ? 1 : 0;
    float sigma = schedule.sigma(level + 1);
    float from = schedule.lambda(level);
    float to = schedule.lambda(level + 1);
    float change = to - from;
    float[] lambdas = new float[order];
    for (int i = 0; i < order; i++) {
      lambdas[i] = schedule.lambda(newest - i);
    }
    float[] images = SaIntegrals.coefficients(lambdas, from, to, growth);
    if (order == 2) {
      float rest = (change * growth - 1 + Floats.exp(growth * -change));
      float term =
          newest > level
              ? change / 2 - rest / (growth * growth * change)
              : change * change / 2 - rest / (growth * growth);
      float correction = Floats.exp(growth * to) * term;
      if (newest == level) {
        correction /= from - schedule.lambda(level - 1);
      }
      images[0] += correction;
      images[1] -= correction;
    }
    for (int i = 0; i < order; i++) {
      images[i] *= growth * sigma * Floats.exp(-noise * to);
    }
    return new SaStep(
        Floats.exp(-noise * change) * (sigma / schedule.sigma(level)),
        images,
        sigma * Floats.sqrt(1 - Floats.exp(-2 * noise * change)));
  }

  /**
   * Takes the step.
   *
   * @param newest images, the newest first; at least as many as there are factors
   */
  float[] apply(float[] from, List<float[]> newest, float[] drawn) {
    float[] gradient = Floats.scaled(images[0], newest.get(0));
    for (int i = 1; i < images.length; i++) {
      Floats.add(gradient, images[i], newest.get(i));
    }
    float[] result = new float[from.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = sample * from[i] + gradient[i] + noise * drawn[i];
    }
    return result;
  }
}
