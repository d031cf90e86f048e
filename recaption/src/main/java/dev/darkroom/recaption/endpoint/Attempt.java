package dev.darkroom.recaption.endpoint;

import dev.darkroom.recaption.CaptionFailure;
import java.time.Duration;
import java.util.Optional;

/** What came of asking once. */
sealed interface Attempt {
  /** The endpoint answered. */
  record Answered(ChatAnswer answer) implements Attempt {}

  /** The endpoint answered, and would answer the same again. */
  record Refused(CaptionFailure.Type type, String message) implements Attempt {}

  /**
   * Another attempt may do better.
   *
   * @param pause what the endpoint asks to wait, where it does
   * @param reached whether there was a connection, so that the endpoint may have begun to work
   */
  record Failed(CaptionFailure.Type type, String message, Optional<Duration> pause, boolean reached)
      implements Attempt {}
}
