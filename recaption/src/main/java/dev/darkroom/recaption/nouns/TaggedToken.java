package dev.darkroom.recaption.nouns;

import java.util.Objects;

/**
 * A token with its part of speech.
 *
 * <p>Tags are those of the Universal Dependencies, such as {@code NOUN}. A token that the treebank
 * holds for several words has a fused tag, such as {@code NOUN+PART} for a possessive; it is
 * whatever one of its parts is.
 *
 * @param text the token as it stands in the text, not empty
 * @param tag its tag
 */
public record TaggedToken(String text, String tag) {
  /** Refuses missing parts. */
  public TaggedToken {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(tag, "tag");
  }

  /** Whether the token is a common or proper noun, {@code NOUN} or {@code PROPN}. */
  public boolean isNoun() {
    return switch (tag) {
      case "NOUN", "PROPN" -> true;
      default -> isFusedOf("NOUN") || isFusedOf("PROPN");
    };
  }

  /** Whether the token is a main verb, {@code VERB}; auxiliaries ({@code AUX}) are not counted. */
  public boolean isVerb() {
    return tag.equals("VERB") || isFusedOf("VERB");
  }

  private boolean isFusedOf(String part) {
    return tag.indexOf('+') >= 0 && ("+" + tag + "+").contains("+" + part + "+");
  }
}
