package dev.darkroom.recaption.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template's source into text and tags, and does white space control: what {@code -} asks
 * for, and transformers' settings {@code trim_blocks} (the newline after a block goes) and {@code
 * lstrip_blocks} (so does the indentation before it). One newline at the end of the source goes.
 */
final class TagLexer {
  private final String source;
  private final List<Tag> tags = new ArrayList<>();
  private int place;

  private TagLexer(String source) {
    this.source = source;
  }

  static List<Tag> tags(String source) {
    String text = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
    TagLexer lexer = new TagLexer(text);
    while (lexer.place < text.length()) {
      lexer.next();
    }
    return lexer.tags;
  }

  private void next() {
    int start = tagStart();
    String text = source.substring(place, start);
    if (start == source.length()) {
      addText(text);
      place = start;
      return;
    }
    char type = source.charAt(start + 1);
    int contentStart = start + 2;
    boolean stripsBefore = source.startsWith("-", contentStart);
    boolean keepsIndentation = source.startsWith("+", contentStart);
    if (stripsBefore) {
      addText(text.stripTrailing());
    } else if (type != '{' && !keepsIndentation) {
      addText(withoutIndentation(text));
    } else {
      addText(text);
    }
    if (stripsBefore || keepsIndentation) {
      contentStart++;
    }
    int end = tagEnd(contentStart, type);
    boolean stripsAfter = source.charAt(end - 1) == '-' && end > contentStart;
    String content = source.substring(contentStart, stripsAfter ? end - 1 : end);
    if (type != '#') {
      tags.add(new Tag(type == '{' ? Tag.Kind.OUTPUT : Tag.Kind.BLOCK, content));
    }
    place = end + 2;
    skipAfter(stripsAfter, type);
  }

  private int tagStart() {
    for (int i = place; i + 1 < source.length(); i++) {
      if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return source.length();
  }

  private int tagEnd(int from, char type) {
    String closing = (type == '{' ? '}' : type) + "}";
    char quote = 0;
    int depth = 0;
    for (int i = from; i < source.length(); i++) {
      char letter = source.charAt(i);
      if (type == '#') {
        if (source.startsWith(closing, i)) {
          return i;
        }
      } else if (quote != 0) {
        if (letter == '\\') {
          i++;
        } else if (letter == quote) {
          quote = 0;
        }
      } else if (letter == '\'' || letter == '"') {
        quote = letter;
      } else if (depth == 0 && source.startsWith(closing, i)) {
        return i;
      } else if (letter == '{') {
        depth++;
      } else if (letter == '}') {
        depth--;
      }
    }
    throw new TemplateException("a tag is not closed: " + excerpt(from));
  }

  private String excerpt(int from) {
    return source.substring(from, Math.min(source.length(), from + 40)).strip();
  }

  private void skipAfter(boolean stripsAfter, char type) {
    if (stripsAfter) {
      while (place < source.length() && Character.isWhitespace(source.charAt(place))) {
        place++;
      }
    } else if (type != '{' && source.startsWith("\n", place)) {
      place++;
    }
  }

  /** Takes spaces away behind the last newline, or all of them where the line begins a source. */
  private String withoutIndentation(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      end--;
    }
    boolean lineStart =
        end > 0 ? text.charAt(end - 1) == '\n' : place == 0 || source.charAt(place - 1) == '\n';
    return lineStart ? text.substring(0, end) : text;
  }

  private void addText(String text) {
    if (!text.isEmpty()) {
      tags.add(new Tag(Tag.Kind.TEXT, text));
    }
  }
}
