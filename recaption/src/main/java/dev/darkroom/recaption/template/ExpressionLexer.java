package dev.darkroom.recaption.template;

import java.util.ArrayList;
import java.util.List;

/** Cuts the inside of a tag into tokens. */
final class ExpressionLexer {
  private static final List<String> OPERATORS =
      List.of(
          "==", "!=", "<=", ">=", "//", "<", ">", "+", "-", "*", "/", "%", "~", "|", "(", ")", "[",
          "]", "{", "}", ",", ":", ".", "=");

  private final String source;
  private int place;

  private ExpressionLexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) {
    ExpressionLexer lexer = new ExpressionLexer(source);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = lexer.next();
      tokens.add(token);
    } while (token.kind() != Token.Kind.END);
    return tokens;
  }

  private Token next() {
    while (place < source.length() && Character.isWhitespace(source.charAt(place))) {
      place++;
    }
    if (place == source.length()) {
      return new Token(Token.Kind.END, "the end of the tag");
    }
    char first = source.charAt(place);
    if (first == '\'' || first == '"') {
      return string(first);
    }
    int start = place;
    if (Character.isDigit(first)) {
      while (place < source.length() && Character.isDigit(source.charAt(place))) {
        place++;
      }
      return new Token(Token.Kind.NUMBER, source.substring(start, place));
    }
    if (Character.isJavaIdentifierStart(first)) {
      while (place < source.length() && Character.isJavaIdentifierPart(source.charAt(place))) {
        place++;
      }
      return new Token(Token.Kind.NAME, source.substring(start, place));
    }
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, place)) {
        place += operator.length();
        return new Token(Token.Kind.OPERATOR, operator);
      }
    }
    throw new TemplateException("'%s' is not known in '%s'".formatted(first, source.strip()));
  }

  private Token string(char quote) {
    StringBuilder text = new StringBuilder();
    for (place++; place < source.length() && source.charAt(place) != quote; place++) {
      char letter = source.charAt(place);
      if (letter == '\\' && place + 1 < source.length()) {
        place++;
        text.append(unescaped(source.charAt(place)));
      } else {
        text.append(letter);
      }
    }
    if (place == source.length()) {
      throw new TemplateException("text is not closed in '%s'".formatted(source.strip()));
    }
    place++;
    return new Token(Token.Kind.STRING, text.toString());
  }

  private static String unescaped(char letter) {
    return switch (letter) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case '\\', '\'', '"' -> String.valueOf(letter);
      default ->
          throw new TemplateException("the escape '\\%s' is not known here".formatted(letter));
    };
  }
}
