package dev.darkroom.jobs.curation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a text is, and how hard to read.
 *
 * <p>A word is a run of letters, marks and digits, with apostrophes and hyphens inside. A sentence
 * ends with one or more of {@code . ! ?} or an ellipsis before white space or the end, and a text
 * with a word has one at least.
 *
 * <p>Syllables of a word of Latin letters are its runs of {@code a e i o u y}, with or without
 * accents, less one for a bare {@code e} at the end, unless that is in {@code -le} after a
 * consonant; every word has one at least.
 *
 * @param words its words
 * @param sentences its sentences
 * @param syllables syllables of all words
 * @param latin words with a Latin letter
 */
record TextMeter(int words, int sentences, int syllables, int latin) {
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\u2019\\-][\\p{L}\\p{M}\\p{N}]+)*+");
  private static final Pattern END = Pattern.compile("[.!?\u2026]+[\"'\u201D\u2019)\\]]*(?=\\s|$)");
  private static final Pattern NOT_LETTERS = Pattern.compile("[^a-z]+");
  private static final String VOWELS = "aeiouy";

  static TextMeter of(String text) {
    int words = 0;
    int syllables = 0;
    int latin = 0;
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      words++;
      String plain =
          Normalizer.normalize(word.group(), Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
      String letters = NOT_LETTERS.matcher(plain).replaceAll("");
      latin += letters.isEmpty() ? 0 : 1;
      syllables += syllables(letters, plain.endsWith("e"));
    }
    int sentences = 0;
    Matcher end = END.matcher(text);
    while (end.find()) {
      sentences++;
    }
    return new TextMeter(words, words == 0 ? 0 : Math.max(1, sentences), syllables, latin);
  }

  /**
   * Reading ease: 206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch, Journal of
   * Applied Psychology 32, 1948). About 0 is very hard, 100 very easy.
   *
   * @return no value where fewer than half of the words are Latin, or there is none
   */
  OptionalDouble readingEase() {
    if (words == 0 || 2 * latin < words) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(206.835 - 1.015 * words / sentences - 84.6 * syllables / words);
  }

  private static int syllables(String letters, boolean endsInE) {
    int runs = 0;
    boolean inside = false;
    for (int i = 0; i < letters.length(); i++) {
      boolean vowel = isVowel(letters, i);
      runs += vowel && !inside ? 1 : 0;
      inside = vowel;
    }
    int last = letters.length() - 1;
    boolean silent =
        endsInE
            && last > 0
            && !isVowel(letters, last - 1)
            && !(last > 1 && letters.charAt(last - 1) == 'l' && !isVowel(letters, last - 2));
    return Math.max(1, silent ? runs - 1 : runs);
  }

  private static boolean isVowel(String letters, int at) {
    return VOWELS.indexOf(letters.charAt(at)) >= 0;
  }
}
