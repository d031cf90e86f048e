package dev.darkroom.recaption;

import java.util.Objects;

/**
 * What the model said.
 *
 * @param text without special tokens and surrounding white space; may be empty
 * @param finishReason why it stopped
 * @param promptTokens tokens of the prompt, image tokens included
 * @param completionTokens tokens that were generated, the end-of-sequence token included
 * @param millis see {@link CaptionOutcome#millis()}
 * @param attempts see {@link CaptionOutcome#attempts()}
 */
public record Caption(
    String text,
    FinishReason finishReason,
    int promptTokens,
    int completionTokens,
    long millis,
    int attempts)
    implements CaptionOutcome {
  /** Refuses missing parts. */
  public Caption {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(finishReason, "finishReason");
  }
}
