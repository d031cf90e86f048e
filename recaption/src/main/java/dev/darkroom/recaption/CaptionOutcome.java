package dev.darkroom.recaption;

/** What became of a request: a caption, or the reason why there is none. */
public sealed interface CaptionOutcome permits Caption, CaptionFailure {

  /** How long the request took, in milliseconds; in a batch, the batch's time shared out evenly. */
  long millis();

  /** How many times it was tried, at least 1. */
  int attempts();
}
