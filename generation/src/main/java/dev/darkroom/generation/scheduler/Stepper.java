package dev.darkroom.generation.scheduler;

/** The steps of one image: one call per timestep, in order, from one thread. */
public interface Stepper {

  /**
   * Takes the next step.
   *
   * @param modelOutput what the model says of the sample at this timestep, with guidance applied:
   *     as long as the sample, or twice as long where {@linkplain Scheduler#learnsVariance()
   *     variance is learned}
   * @param sample the sample at this timestep; stays as it is
   * @return the sample at the next timestep, or the final one: a new array
   * @throws IllegalArgumentException if the lengths do not fit each other or the step before
   * @throws IllegalStateException if every step was taken
   */
  float[] step(float[] modelOutput, float[] sample);
}
