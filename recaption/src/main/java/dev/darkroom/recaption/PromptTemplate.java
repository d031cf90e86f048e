package dev.darkroom.recaption;

import java.util.Objects;
import java.util.Optional;

/**
 * What to ask about an image, with a place for the caption it came with.
 *
 * @param text the question; {@code {caption}} stands for the raw caption
 */
public record PromptTemplate(String text) {
  /** Where the raw caption goes. */
  public static final String CAPTION = "{caption}";

  /** Asks for a detailed description (the prompt of PixArt-alpha's LLaVA captions). */
  public static final PromptTemplate DETAILED =
      new PromptTemplate("Describe this image and its style in a very detailed manner.");

  /** Gives the raw caption as a hint, then asks for a detailed description. */
  public static final PromptTemplate GROUNDED =
      new PromptTemplate(
          "Give the caption of this image '{caption}', "
              + "describe this image and its style in a very detailed manner.");

  /** Refuses a template that asks nothing. */
  public PromptTemplate {
    Objects.requireNonNull(text, "text");
    if (text.isBlank()) {
      throw new IllegalArgumentException("a prompt must not be blank");
    }
  }

  /**
   * The prompt of one image.
   *
   * @param text what is asked
   * @param ungrounded whether the template wanted a raw caption that is not there, so that {@link
   *     #DETAILED} is asked instead
   */
  public record Prompt(String text, boolean ungrounded) {}

  /** Puts a raw caption in; where it is missing or blank and wanted, asks {@link #DETAILED}. */
  public Prompt render(Optional<String> caption) {
    if (!text.contains(CAPTION)) {
      return new Prompt(text, false);
    }
    return caption
        .filter(raw -> !raw.isBlank())
        .map(raw -> new Prompt(text.replace(CAPTION, raw.strip()), false))
        .orElseGet(() -> new Prompt(DETAILED.text(), true));
  }
}
