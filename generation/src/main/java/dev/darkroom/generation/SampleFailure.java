package dev.darkroom.generation;

import java.util.Objects;

/**
 * Why there is no image.
 *
 * @param request see {@link SampleOutcome#request()}
 * @param type what kind of failure, for counting and for deciding what to try again
 * @param message what is wrong, why, and what to do
 * @param millis see {@link SampleOutcome#millis()}
 */
public record SampleFailure(SampleRequest request, Type type, String message, long millis)
    implements SampleOutcome {
  /** Refuses missing parts. */
  public SampleFailure {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(message, "message");
  }

  /** Kinds of failure. */
  public enum Type {
    /** A latent or a pixel became infinite or not a number. */
    NOT_FINITE,
    /** The model failed on this request. */
    MODEL_ERROR
  }
}
