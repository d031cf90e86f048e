package dev.darkroom.generation.scheduler;

/** What a configuration says to one kind of sampler. */
interface SamplerSettings {

  /** The number of timesteps that the model was trained with. */
  int trainingTimesteps();

  /**
   * Makes the sampler.
   *
   * @param steps from 1 to {@link #trainingTimesteps()}
   */
  Scheduler scheduler(int steps);
}
