package dev.darkroom.generation.scheduler;

/** Counts the steps and checks the lengths, so that samplers need not. */
abstract class CheckedStepper implements Stepper {
  private final int steps;
  private final boolean secondHalf;
  private final boolean secondHalfNeeded;
  private int taken;
  private int length = -1;

  /** For models whose output is as long as the sample. */
  CheckedStepper(int steps) {
    this(steps, false, false);
  }

  /**
   * @param secondHalf whether the output may be twice as long as the sample
   * @param secondHalfNeeded whether it has to be
   */
  CheckedStepper(int steps, boolean secondHalf, boolean secondHalfNeeded) {
    this.steps = steps;
    this.secondHalf = secondHalf;
    this.secondHalfNeeded = secondHalfNeeded;
  }

  @Override
  public final float[] step(float[] modelOutput, float[] sample) {
    if (taken == steps) {
      throw new IllegalStateException(
          "all %d steps were taken; start another stepper for another image".formatted(steps));
    }
    if (length >= 0 && sample.length != length) {
      throw new IllegalArgumentException(
          "the sample has %d values; in the step before it had %d"
              .formatted(sample.length, length));
    }
    boolean fits =
        (!secondHalfNeeded && modelOutput.length == sample.length)
            || (secondHalf && modelOutput.length == 2 * sample.length);
    if (!fits) {
      throw new IllegalArgumentException(
          "the model's output has %d values for a sample of %d; expected %s"
              .formatted(modelOutput.length, sample.length, expected()));
    }
    length = sample.length;
    float[] next = next(taken, modelOutput, sample);
    taken++;
    return next;
  }

  private String expected() {
    if (secondHalfNeeded) {
      return "twice as many, since its variance is learned";
    }
    return secondHalf ? "as many or twice as many" : "as many";
  }

  /**
   * Takes one step.
   *
   * @param index of the step, from 0
   */
  abstract float[] next(int index, float[] modelOutput, float[] sample);
}
