package dev.darkroom.generation.scheduler;

import java.util.List;

/** One step of DPM-Solver++ from one noise level to the next, without the noise of its SDE form. */
final class DpmStep {
  private final SolverSchedule schedule;
  private final int level;
  private final boolean stochastic;
  private final float alpha;
  private final float sigma;

  /** The change of lambda. */
  private final float change;

  /** By {@code exp(-change)}, or {@code exp(-2 change)} for the SDE. */
  private final float decay;

  DpmStep(SolverSchedule schedule, int level, boolean stochastic) {
    this.schedule = schedule;
    this.level = level;
    this.stochastic = stochastic;
    alpha = schedule.alpha(level + 1);
    sigma = schedule.sigma(level + 1);
    change = schedule.lambda(level + 1) - schedule.lambda(level);
    decay = Floats.exp(stochastic ? -2 * change : -change);
  }

  /** What the SDE's noise is multiplied by. */
  float deviation() {
    return sigma * Floats.sqrt(1 - decay);
  }

  /** By the newest image alone: this is DDIM. */
  float[] first(float[] sample, List<float[]> images) {
    float ratio = sigma / schedule.sigma(level);
    float[] result = Floats.scaled(stochastic ? ratio * Floats.exp(-change) : ratio, sample);
    Floats.add(result, alpha * (1 - decay), images.get(0));
    return result;
  }

  /** By the newest image and its slope. */
  float[] second(float[] sample, List<float[]> images, boolean heun) {
    float[] result = first(sample, images);
    float[] slope = Floats.scaledDifference(1 / ratio(0), images.get(0), images.get(1));
    Floats.add(result, heun ? slopeFactor() : 0.5f * (alpha * (1 - decay)), slope);
    return result;
  }

  /** By the newest image, its slope and its curvature. */
  float[] third(float[] sample, List<float[]> images) {
    float[] result = first(sample, images);
    float near = ratio(0);
    float both = near + ratio(1);
    float[] slope = Floats.scaledDifference(1 / near, images.get(0), images.get(1));
    float[] before = Floats.scaledDifference(1 / ratio(1), images.get(1), images.get(2));
    float[] bend = Floats.scaledDifference(near / both, slope, before);
    float[] curvature = Floats.scaledDifference(1 / both, slope, before);
    Floats.add(slope, 1, bend);
    Floats.add(result, slopeFactor(), slope);
    Floats.add(result, curvatureFactor(), curvature);
    return result;
  }

  /** The change of lambda in an earlier step by that in this one. */
  private float ratio(int stepsBack) {
    int from = level - stepsBack;
    return (schedule.lambda(from) - schedule.lambda(from - 1)) / change;
  }

  private float slopeFactor() {
    return stochastic
        ? alpha * ((1 - decay) / (-2 * change) + 1)
        : alpha * ((decay - 1) / change + 1);
  }

  private float curvatureFactor() {
    float twice = 2 * change;
    return stochastic
        ? alpha * ((1 - decay - twice) / (twice * twice) - 0.5f)
        : -(alpha * ((decay - 1 + change) / (change * change) - 0.5f));
  }
}
