package dev.darkroom.recaption.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a server's command, and out of what the server writes: the API key, values
 * of the command's options whose names tell of a secret, and values of environment variables of
 * such names.
 */
final class Redaction {
  private static final String HIDDEN = "***";

  /** Shorter values are no secrets, or appear in texts by chance. */
  private static final int SHORTEST_SECRET = 8;

  /** An option, or a variable as {@code env} takes it, with its value. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(-{0,2}[A-Za-z][A-Za-z0-9_.-]*)(=)(\\S*)");

  private static final Pattern OPTION = Pattern.compile("-{1,2}[A-Za-z][A-Za-z0-9_.-]*");

  /** The same within a word that is a script, a header or JSON. */
  private static final Pattern WITHIN =
      Pattern.compile(
          "(?<![A-Za-z0-9_.-])(-{1,2}[A-Za-z][A-Za-z0-9_.-]*\\s+(?!--)|[A-Za-z-][A-Za-z0-9_.-]*[\"']?\\s*[=:]\\s*)"
              + "(\"[^\"]*\"|'[^']*'|[^\\s,;}]+)");

  /** As in {@code Authorization: Bearer abc}. */
  private static final Pattern AUTHORIZATION =
      Pattern.compile("(?i)\\b(authorization\\s*:\\s*(?:[a-z]+\\s+)?|bearer\\s+)([^\\s\"']+)");

  private final ApiKey key;
  private final List<String> values;

  private Redaction(ApiKey key, List<String> values) {
    this.key = key;
    this.values = values;
  }

  /**
   * What takes the secrets of one server out of texts.
   *
   * @param key the API key
   * @param words the server's command
   * @param environment the server's variables
   */
  static Redaction of(ApiKey key, List<String> words, Map<String, String> environment) {
    TreeSet<String> secrets =
        new TreeSet<>(
            Comparator.comparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    redactWords(words, secrets);
    environment.forEach(
        (name, value) -> {
          if (SecretNames.isSecret(name)) {
            secrets.add(value.strip());
          }
        });
    return new Redaction(
        key, secrets.stream().filter(value -> value.length() >= SHORTEST_SECRET).toList());
  }

  /** The words of a command, secret values replaced; all other words are as they were. */
  static List<String> words(List<String> words) {
    return redactWords(words, new TreeSet<>());
  }

  /** A text without the secrets. */
  String redact(String text) {
    String redacted = key.redact(text);
    for (String value : values) {
      redacted = redacted.replace(value, HIDDEN);
    }
    return redacted;
  }

  private static List<String> redactWords(List<String> words, Set<String> secrets) {
    List<String> shown = new ArrayList<>();
    boolean secretFollows = false;
    for (String word : words) {
      if (secretFollows && !word.startsWith("--")) {
        secrets.add(word);
        shown.add(HIDDEN);
        secretFollows = false;
        continue;
      }
      shown.add(redactWord(word, secrets));
      secretFollows = OPTION.matcher(word).matches() && SecretNames.isSecret(word);
    }
    return shown;
  }

  private static String redactWord(String word, Set<String> secrets) {
    if (ASSIGNMENT.matcher(word).matches()) {
      return replace(word, ASSIGNMENT, 3, secrets);
    }
    return replace(replace(word, AUTHORIZATION, 2, secrets), WITHIN, 2, secrets);
  }

  /** Hides the values, in a group of a pattern's, of names that lie before it. */
  private static String replace(String word, Pattern pattern, int group, Set<String> secrets) {
    return pattern
        .matcher(word)
        .replaceAll(
            found -> {
              String value = found.group(group);
              String named = found.group().substring(0, found.group().length() - value.length());
              boolean isReference = value.startsWith("$") || value.startsWith("\"$");
              if (isReference || !(pattern == AUTHORIZATION || SecretNames.isSecret(named))) {
                return Matcher.quoteReplacement(found.group());
              }
              secrets.add(value.replaceAll("^[\"']|[\"']$", "").strip());
              return Matcher.quoteReplacement(named + HIDDEN);
            });
  }
}
