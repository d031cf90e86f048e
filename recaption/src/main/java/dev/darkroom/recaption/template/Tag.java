package dev.darkroom.recaption.template;

/**
 * A piece of a template's source, white space control done.
 *
 * @param kind what it is
 * @param content the text, or what stands between a tag's braces
 */
record Tag(Kind kind, String content) {
  /** Kinds of pieces. */
  enum Kind {
    TEXT,
    OUTPUT,
    BLOCK
  }

  /** The first word of a block. */
  String word() {
    String stripped = content.strip();
    int end = 0;
    while (end < stripped.length() && Character.isJavaIdentifierPart(stripped.charAt(end))) {
      end++;
    }
    return stripped.substring(0, end);
  }

  /** What follows the first word of a block. */
  String rest() {
    return content.strip().substring(word().length());
  }
}
