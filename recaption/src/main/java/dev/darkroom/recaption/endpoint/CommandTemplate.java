package dev.darkroom.recaption.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line with places to fill in, such as {@code vllm serve {model} --port {port}}.
 *
 * <p>It is split into words as a shell does it, with single quotes, double quotes and backslashes,
 * and nothing else of a shell's: no variables, no wildcards, no pipes. Places are filled in after
 * that, so that a value with spaces stays one word. Other braces, as in JSON, are left alone.
 */
final class CommandTemplate {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)\\}");

  private final List<String> words;

  private CommandTemplate(List<String> words) {
    this.words = words;
  }

  /**
   * Splits a command line.
   *
   * @throws EndpointException where it is empty or a quote is not closed
   */
  static CommandTemplate parse(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < command.length()) {
        word.append(command.charAt(++i));
        inWord = true;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (quote == 0 && isQuote(c)) {
        quote = c;
        inWord = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new EndpointException(
          "the server's command has a quote (" + quote + ") that is not closed; close it");
    }
    if (inWord) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new EndpointException("the server's command is empty; give one that starts a server");
    }
    return new CommandTemplate(List.copyOf(words));
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  /** The command for messages: with its places, and without values that look secret. */
  String shown() {
    return String.join(" ", Redaction.words(words));
  }

  /** Whether a place appears. */
  boolean names(String place) {
    return words.stream().anyMatch(word -> word.contains("{" + place + "}"));
  }

  /**
   * The words of the command.
   *
   * @param values by the names of places
   * @throws EndpointException where a place has no value
   */
  List<String> fill(Map<String, String> values) {
    return words.stream().map(word -> fill(word, values)).toList();
  }

  private static String fill(String word, Map<String, String> values) {
    Matcher places = PLACE.matcher(word);
    return places.replaceAll(
        place -> {
          String value = values.get(place.group(1));
          if (value == null) {
            throw new EndpointException(
                "the server's command names "
                    + place.group()
                    + ", for which there is no value; there are "
                    + values.keySet().stream().sorted().map(k -> "{" + k + "}").toList());
          }
          return Matcher.quoteReplacement(value);
        });
  }
}
