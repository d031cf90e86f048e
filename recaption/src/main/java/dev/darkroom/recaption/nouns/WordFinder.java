package dev.darkroom.recaption.nouns;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the words of a caption in several forms at once, tagging it once. Threads may share one.
 *
 * <p>Lemmas cost many times what the other forms do together, since OpenNLP finds them.
 */
public final class WordFinder {
  private final Set<WordForm> forms;
  private final Tagger tagger = new NounTagger();
  private final Optional<Lemmatizer> lemmatizer;

  /**
   * A finder of some forms.
   *
   * @param forms one or more
   */
  public WordFinder(Set<WordForm> forms) {
    if (forms.isEmpty()) {
      throw new IllegalArgumentException("name at least one form of words to find");
    }
    this.forms = Set.copyOf(forms);
    this.lemmatizer =
        forms.contains(WordForm.LEMMA) ? Optional.of(new Lemmatizer()) : Optional.empty();
  }

  /** The words of a text, in its order, each as often as it stands there; a list for each form. */
  public Map<WordForm, List<String>> find(String text) {
    List<TaggedToken> tokens = tagger.tag(text);
    List<String> lemmas = lemmatizer.map(l -> l.lemmas(tokens)).orElse(List.of());
    Map<WordForm, List<String>> words = new EnumMap<>(WordForm.class);
    EnumSet.copyOf(forms).forEach(form -> words.put(form, new ArrayList<>()));
    for (int i = 0; i < tokens.size(); i++) {
      TaggedToken token = tokens.get(i);
      if (token.isNoun()) {
        add(words, WordForm.CASED, token.text());
        add(words, WordForm.NOUN, token.text().toLowerCase(Locale.ROOT));
        add(words, WordForm.LEMMA, lemmas.isEmpty() ? "" : lemmas.get(i));
      }
      if (token.isVerb()) {
        add(words, WordForm.VERB, token.text().toLowerCase(Locale.ROOT));
      }
    }
    return words;
  }

  private static void add(Map<WordForm, List<String>> words, WordForm form, String word) {
    List<String> list = words.get(form);
    if (list != null) {
      list.add(word);
    }
  }
}
