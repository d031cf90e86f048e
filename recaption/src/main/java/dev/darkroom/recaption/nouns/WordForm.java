package dev.darkroom.recaption.nouns;

import java.util.Arrays;
import java.util.Locale;

/** What is counted in captions, and what counts as the same word. */
public enum WordForm {
  /** Nouns as they are written, but in lower case: what table 1 counts. */
  NOUN(0),
  /** Nouns as they are written. */
  CASED(1),
  /** The lemmas of nouns. */
  LEMMA(2),
  /** Main verbs as they are written, but in lower case. */
  VERB(3);

  private final int code;

  WordForm(int code) {
    this.code = code;
  }

  /** The name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the form is called in bytes, for ever. */
  int code() {
    return code;
  }

  /**
   * The form of a code.
   *
   * @throws IllegalArgumentException where there is none
   */
  static WordForm ofCode(int code) {
    return Arrays.stream(values())
        .filter(form -> form.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no form of words has code " + code));
  }
}
