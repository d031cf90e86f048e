package dev.darkroom.recaption;

import java.util.Objects;

/**
 * Why there is no caption.
 *
 * @param type what kind of failure, for counting and for deciding what to try again
 * @param message what is wrong, why, and what to do; holds no secrets
 * @param millis see {@link CaptionOutcome#millis()}
 * @param attempts see {@link CaptionOutcome#attempts()}
 */
public record CaptionFailure(Type type, String message, long millis, int attempts)
    implements CaptionOutcome {
  /** Refuses missing parts. */
  public CaptionFailure {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(message, "message");
  }

  /** Kinds of failure. */
  public enum Type {
    /** The bytes are no image, or are damaged. */
    UNREADABLE_IMAGE,
    /** The image has more pixels or bytes than the limits allow. */
    IMAGE_TOO_LARGE,
    /** Prompt and image need more positions than the model has. */
    PROMPT_TOO_LONG,
    /** The model failed on this request. */
    MODEL_ERROR,
    /** The endpoint refused this request (HTTP 4xx other than 408 and 429). */
    REJECTED,
    /** The endpoint could not be reached, or answered 429 or 5xx to every attempt. */
    UNAVAILABLE,
    /** No answer came in time, at any attempt. */
    TIMEOUT,
    /** The endpoint answered something that is no chat completion. */
    BAD_RESPONSE
  }
}
