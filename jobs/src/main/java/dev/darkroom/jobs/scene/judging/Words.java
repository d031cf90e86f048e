package dev.darkroom.jobs.scene.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.function.Function;

/** The words of a text in lower case, and a place among them. Full stops and commas are words. */
final class Words {
  private static final int LONGEST = 4000;

  private final List<String> words;
  private int at;

  Words(String text) {
    String spaced =
        text.substring(0, Math.min(LONGEST, text.length()))
            .toLowerCase(Locale.ROOT)
            .replaceAll("([.,;:!?\"'])", " $1 ");
    List<String> all = new ArrayList<>();
    for (StringTokenizer parts = new StringTokenizer(spaced); parts.hasMoreTokens(); ) {
      all.add(parts.nextToken());
    }
    this.words = List.copyOf(all);
  }

  boolean atEnd() {
    return at == words.size();
  }

  int place() {
    return at;
  }

  void back(int place) {
    at = place;
  }

  /** Takes a phrase if it comes next. */
  boolean take(String phrase) {
    int next = at;
    for (StringTokenizer parts = new StringTokenizer(phrase); parts.hasMoreTokens(); next++) {
      if (next == words.size() || !words.get(next).equals(parts.nextToken())) {
        return false;
      }
    }
    at = next;
    return true;
  }

  /** Takes the first of some phrases that comes next. */
  boolean takeAny(String... phrases) {
    for (String phrase : phrases) {
      if (take(phrase)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the value whose phrase comes next; of several the one with the longest phrase. */
  <T> Optional<T> takeOne(T[] values, Function<T, List<String>> phrases) {
    Optional<T> found = Optional.empty();
    int start = at;
    int end = at;
    for (T value : values) {
      for (String phrase : phrases.apply(value)) {
        if (take(phrase)) {
          if (at > end) {
            end = at;
            found = Optional.of(value);
          }
          at = start;
        }
      }
    }
    at = end;
    return found;
  }
}
