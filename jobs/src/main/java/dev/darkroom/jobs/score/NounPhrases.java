package dev.darkroom.jobs.score;

import dev.darkroom.recaption.nouns.NounTagger;
import dev.darkroom.recaption.nouns.TaggedToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The noun phrases of a prompt: a noun with the nouns, adjectives and numbers right before it, and
 * the article. Threads may share one.
 */
final class NounPhrases {
  private static final Set<String> BEFORE_NOUNS = Set.of("ADJ", "NUM", "NOUN", "PROPN");
  private static final Set<String> ARTICLES =
      Set.of("a", "an", "the", "its", "his", "her", "their", "some");
  private static final Set<String> ONES = Set.of("a", "an", "one");

  private final NounTagger tagger = new NounTagger();

  /**
   * A noun phrase.
   *
   * @param words the words without their article, in lower case
   * @param single whether it is about one thing
   */
  record Phrase(List<String> words, boolean single) {
    /** Takes a copy. */
    Phrase {
      words = List.copyOf(words);
    }

    /** The words as they stand. */
    String text() {
      return String.join(" ", words);
    }

    /** Whether it is there, as a question. */
    String question() {
      return single
          ? "Is there %s %s in this image? Answer yes or no."
              .formatted("aeiou".indexOf(text().charAt(0)) >= 0 ? "an" : "a", text())
          : "Are there %s in this image? Answer yes or no.".formatted(text());
    }
  }

  /** Finds them, in their order. */
  List<Phrase> of(String prompt) {
    List<Phrase> phrases = new ArrayList<>();
    List<TaggedToken> open = new ArrayList<>();
    boolean one = false;
    for (TaggedToken token : tagger.tag(prompt)) {
      String word = token.text().toLowerCase(Locale.ROOT);
      boolean article = ARTICLES.contains(word);
      if (!article && (token.isNoun() || BEFORE_NOUNS.contains(token.tag()))) {
        open.add(token);
        continue;
      }
      close(open, one, phrases);
      one = article && !word.equals("some");
    }
    close(open, one, phrases);
    return phrases;
  }

  private static void close(List<TaggedToken> open, boolean article, List<Phrase> phrases) {
    while (!open.isEmpty() && !open.get(open.size() - 1).isNoun()) {
      open.remove(open.size() - 1);
    }
    if (!open.isEmpty()) {
      List<String> words =
          open.stream()
              .map(token -> token.text().toLowerCase(Locale.ROOT))
              .collect(Collectors.toCollection(ArrayList::new));
      boolean counted = open.get(0).tag().equals("NUM");
      boolean one = ONES.contains(words.get(0));
      if (one && words.size() > 1) {
        words.remove(0);
      }
      boolean plural = words.get(words.size() - 1).endsWith("s");
      phrases.add(new Phrase(words, one || (!counted && (article || !plural))));
    }
    open.clear();
  }
}
