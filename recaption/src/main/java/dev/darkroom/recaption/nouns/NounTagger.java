package dev.darkroom.recaption.nouns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the nouns of an English text.
 *
 * <p>Nouns are tokens that OpenNLP's maximum-entropy tagger calls common or proper nouns of the
 * Universal Dependencies, {@code NOUN} or {@code PROPN}, also within a fused tag such as {@code
 * NOUN+PART}. The text is tagged as it is written, because capitals help to tell nouns; what {@link
 * #nouns} returns is in lower case.
 *
 * <p>The models are OpenNLP's own, trained on the English Web Treebank, and are loaded once in a
 * JVM. Threads may share a tagger.
 */
public final class NounTagger implements Tagger {
  private final Tagger tagger;

  /** A tagger with OpenNLP's English models. */
  public NounTagger() {
    this(new FastTagger());
  }

  /** Takes the nouns from another tagger. */
  public NounTagger(Tagger tagger) {
    this.tagger = tagger;
  }

  @Override
  public List<TaggedToken> tag(String text) {
    return tagger.tag(text);
  }

  /**
   * The nouns of a text.
   *
   * @return the nouns in lower case, in the order of the text, each as often as it stands there
   */
  public List<String> nouns(String text) {
    List<String> nouns = new ArrayList<>();
    for (TaggedToken token : tagger.tag(text)) {
      if (token.isNoun()) {
        nouns.add(token.text().toLowerCase(Locale.ROOT));
      }
    }
    return List.copyOf(nouns);
  }
}
