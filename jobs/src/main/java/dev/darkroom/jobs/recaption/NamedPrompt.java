package dev.darkroom.jobs.recaption;

import dev.darkroom.recaption.PromptTemplate;

/**
 * A prompt that was asked for.
 *
 * @param name {@code detailed}, {@code grounded}, or {@code text} for one of the user's own
 * @param template what is asked
 */
public record NamedPrompt(String name, PromptTemplate template) {
  /** A preset by its name, or else the text itself as a template. */
  public static NamedPrompt of(String text) {
    return switch (text) {
      case "detailed" -> new NamedPrompt(text, PromptTemplate.DETAILED);
      case "grounded" -> new NamedPrompt(text, PromptTemplate.GROUNDED);
      default -> new NamedPrompt("text", new PromptTemplate(text));
    };
  }
}
