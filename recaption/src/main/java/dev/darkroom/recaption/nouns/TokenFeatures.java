package dev.darkroom.recaption.nouns;

import java.util.HashMap;
import java.util.Map;

/**
 * The features by which OpenNLP's tokenizer weighs a cut within a piece of text, as rows of a table
 * of weights. Names and order are those of its {@code DefaultTokenContextGenerator}. Row 0 stands
 * for features that the model does not know.
 */
final class TokenFeatures {
  /** At most so many rows bear on a cut. */
  static final int MOST = 6 + 4 * CharFeatures.MOST;

  private final TextIndex before;
  private final TextIndex after;
  private final CharFeatures previous;
  private final CharFeatures beforePrevious;
  private final CharFeatures next;
  private final CharFeatures afterNext;
  private final LongIndex pairBefore;
  private final LongIndex pairAcross;
  private final LongIndex pairAfter;
  private final int nothingBefore;
  private final int nothingAfter;
  private final int characterCode;

  /** Takes the rows of the model's features by name. */
  TokenFeatures(Map<String, Integer> rows) {
    before = new TextIndex(rests(rows, "p="), false);
    after = new TextIndex(rests(rows, "s="), true);
    previous = new CharFeatures("p1", rows);
    beforePrevious = new CharFeatures("p2", rows);
    next = new CharFeatures("f1", rows);
    afterNext = new CharFeatures("f2", rows);
    pairBefore = LongIndex.ofChars(rows, "p21=", 2);
    pairAcross = LongIndex.ofChars(rows, "p1f1=", 2);
    pairAfter = LongIndex.ofChars(rows, "f12=", 2);
    nothingBefore = rows.getOrDefault("p2=bok", 0);
    nothingAfter = rows.getOrDefault("f2=bok", 0);
    characterCode = rows.getOrDefault("cc", 0);
  }

  private static Map<String, Integer> rests(Map<String, Integer> rows, String prefix) {
    Map<String, Integer> rests = new HashMap<>();
    rows.forEach(
        (name, row) -> {
          if (name.startsWith(prefix)) {
            rests.put(name.substring(prefix.length()), row);
          }
        });
    return rests;
  }

  /** The rows of what stands before each cut of a piece: {@code result[i]} is before char i. */
  int[] before(String text, int from, int to) {
    int[] rows = new int[to - from];
    int hash = 0;
    for (int i = 1; i <= Math.min(before.longest(), rows.length - 1); i++) {
      hash = TextIndex.roll(hash, text.charAt(from + i - 1));
      rows[i] = before.get(text, from, from + i, hash, 0);
    }
    return rows;
  }

  /** The rows of what stands after each cut of a piece: {@code result[i]} is from char i on. */
  int[] after(String text, int from, int to) {
    int[] rows = new int[to - from];
    int hash = 0;
    for (int i = rows.length - 1; i >= Math.max(1, rows.length - after.longest()); i--) {
      hash = TextIndex.roll(hash, text.charAt(from + i));
      rows[i] = after.get(text, from + i, to, hash, 0);
    }
    return rows;
  }

  /**
   * Appends the rows of the chars around a cut.
   *
   * @param from where the piece begins
   * @param cut the char before which the piece may be cut, after {@code from}
   * @param to where the piece ends
   * @return how many rows there are now
   */
  int append(String text, int from, int cut, int to, int[] list, int count) {
    char before = text.charAt(cut - 1);
    char after = text.charAt(cut);
    int rows = previous.append(before, list, count);
    if (cut - from > 1) {
      char earlier = text.charAt(cut - 2);
      rows = beforePrevious.append(earlier, list, rows);
      list[rows++] = pairBefore.get(LongIndex.pack(earlier, before), 0);
    } else {
      list[rows++] = nothingBefore;
    }
    list[rows++] = pairAcross.get(LongIndex.pack(before, after), 0);
    rows = next.append(after, list, rows);
    if (cut + 1 < to) {
      char later = text.charAt(cut + 1);
      rows = afterNext.append(later, list, rows);
      list[rows++] = pairAfter.get(LongIndex.pack(after, later), 0);
    } else {
      list[rows++] = nothingAfter;
    }
    if (text.charAt(from) == '&' && text.charAt(to - 1) == ';') {
      list[rows++] = characterCode;
    }
    return rows;
  }
}
