package dev.darkroom.recaption.nouns;

import java.util.Map;
import opennlp.tools.util.StringUtil;

/**
 * The features of one char near a possible cut: the char itself, and its kind. The names are those
 * of OpenNLP's {@code DefaultTokenContextGenerator}.
 */
final class CharFeatures {
  /** At most so many rows belong to a char. */
  static final int MOST = 3;

  private static final int ASCII = 128;

  private final LongIndex chars;
  private final int[][] ascii = new int[ASCII][];
  private final Map<String, Integer> rows;
  private final String place;

  /**
   * Takes the features of a place.
   *
   * @param place where the char stands, as the features' names begin
   * @param rows of all features of the model by name
   */
  CharFeatures(String place, Map<String, Integer> rows) {
    this.place = place;
    this.rows = rows;
    chars = LongIndex.ofChars(rows, place + "=", 1);
    for (char c = 0; c < ASCII; c++) {
      ascii[c] = rowsOf(c);
    }
  }

  /**
   * Appends the rows of a char, in the order in which OpenNLP adds them up.
   *
   * @return how many rows there are now
   */
  int append(char c, int[] list, int count) {
    int next = count;
    for (int row : c < ASCII ? ascii[c] : rowsOf(c)) {
      list[next++] = row;
    }
    return next;
  }

  private int[] rowsOf(char c) {
    int row = chars.get(c, 0);
    if (Character.isLetter(c)) {
      return Character.isUpperCase(c)
          ? new int[] {row, kind("_alpha"), kind("_caps")}
          : new int[] {row, kind("_alpha")};
    }
    if (Character.isDigit(c)) {
      return new int[] {row, kind("_num")};
    }
    if (StringUtil.isWhitespace(c)) {
      return new int[] {row, kind("_ws")};
    }
    return switch (c) {
      case '.', '?', '!' -> new int[] {row, kind("_eos")};
      case '`', '"', '\'' -> new int[] {row, kind("_quote")};
      case '[', '{', '(' -> new int[] {row, kind("_lp")};
      case ']', '}', ')' -> new int[] {row, kind("_rp")};
      default -> new int[] {row};
    };
  }

  private int kind(String kind) {
    return rows.getOrDefault(place + kind, 0);
  }
}
