package dev.darkroom.recaption.template;

/**
 * A word of an expression.
 *
 * @param kind what it is
 * @param text a name, an operator, the digits of a number, or the contents of a string
 */
record Token(Kind kind, String text) {
  /** Kinds of tokens. */
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    END
  }

  boolean is(Kind wanted, String word) {
    return kind == wanted && text.equals(word);
  }
}
