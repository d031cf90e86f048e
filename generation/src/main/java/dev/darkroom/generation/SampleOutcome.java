package dev.darkroom.generation;

/** What became of a request: an image, or the reason why there is none. */
public sealed interface SampleOutcome permits Sample, SampleFailure {

  /** What was asked for. */
  SampleRequest request();

  /** How long it took, in milliseconds; in a batch, the batch's time shared out evenly. */
  long millis();
}
