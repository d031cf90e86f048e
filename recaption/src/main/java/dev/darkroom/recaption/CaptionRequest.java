package dev.darkroom.recaption;

import java.util.Objects;

/**
 * One image and what to ask about it.
 *
 * @param image the file's bytes as they are stored (JPEG, PNG, WebP, ...); not copied, and not to
 *     be changed while the request is in use
 * @param prompt the user's turn as text, without image or template tokens
 * @param parameters how to decode the answer
 * @param seed of the random choices, where there are any; the same request with the same seed gives
 *     the same caption, whatever else is in the batch
 */
public record CaptionRequest(
    byte[] image, String prompt, DecodingParameters parameters, long seed) {
  /** Refuses missing parts. */
  public CaptionRequest {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(parameters, "parameters");
  }
}
