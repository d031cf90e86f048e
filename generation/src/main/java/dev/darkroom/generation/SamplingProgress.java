package dev.darkroom.generation;

/** Hears of every step of a batch, on the thread that samples. */
@FunctionalInterface
public interface SamplingProgress {
  /** Hears nothing. */
  SamplingProgress NONE = (step, steps, images) -> {};

  /**
   * A step was taken.
   *
   * @param step which, from 1
   * @param steps how many there are
   * @param images how many images of the batch are still sound
   */
  void stepTaken(int step, int steps, int images);
}
