package dev.darkroom.recaption.nouns;

import java.util.List;

/** Cuts an English text into tokens and tells the part of speech of each. Threads may share one. */
public interface Tagger {
  /**
   * Tags a text.
   *
   * @param text any text, also an empty one
   * @return the tokens in the order of the text
   */
  List<TaggedToken> tag(String text);
}
