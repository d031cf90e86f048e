package dev.darkroom.jobs.curation.page;

import java.util.Objects;

/** Text, whatever is in it: markup becomes visible text, what HTML can't hold becomes U+FFFD. */
record Text(String text) implements Html {
  private static final char REPLACEMENT = '\uFFFD';

  Text {
    Objects.requireNonNull(text, "text");
  }

  @Override
  public void writeTo(StringBuilder page) {
    escape(text, page);
  }

  /** Escapes for text and for attributes in quotes alike. */
  static void escape(String text, StringBuilder page) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.appendCodePoint(isAllowed(point) ? point : REPLACEMENT);
              }
            });
  }

  /** Whether HTML may hold a code point: no control, no half of a pair, no noncharacter. */
  private static boolean isAllowed(int point) {
    if (point == '\t' || point == '\n' || point == '\r') {
      return true;
    }
    boolean control = point < 0x20 || (point >= 0x7F && point <= 0x9F);
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    boolean noncharacter = (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;
    return !control && !surrogate && !noncharacter;
  }
}
