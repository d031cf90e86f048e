package dev.darkroom.generation.scheduler;

import dev.darkroom.generation.noise.GaussianNoise;

/** A sampler with a fixed number of steps: immutable, and shared by all images. */
public interface Scheduler {

  /**
   * The timesteps in the order of sampling, as they are given to the model: falling, whole numbers
   * below the number of training timesteps. Flow matching's are fractions, and up to that number;
   * Karras sigmas and a solver's flow sigmas are rounded to timesteps, so that one may come twice.
   *
   * <p>Their number is the number of steps, which may be less than was asked for where {@code
   * lambda_min_clipped} cuts the noise schedule short.
   */
  double[] timesteps();

  /** What standard normal noise is multiplied by to give the first sample. */
  default float initialSigma() {
    return 1;
  }

  /** Whether the model's output has to hold a second half, the variance, that steps read. */
  default boolean learnsVariance() {
    return false;
  }

  /**
   * Starts one image.
   *
   * @param noise what the steps draw from, after the first sample was drawn from it
   */
  Stepper start(GaussianNoise noise);
}
