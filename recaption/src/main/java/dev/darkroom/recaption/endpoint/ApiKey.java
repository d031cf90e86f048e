package dev.darkroom.recaption.endpoint;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The key that an endpoint wants to see, taken from an environment variable. Its value appears in
 * the {@code Authorization} header and nowhere else.
 */
final class ApiKey {
  /**
   * Shorter values stand for "no key" in servers that insist on one ({@code EMPTY}, {@code none});
   * taking them out of texts would harm the texts.
   */
  private static final int SHORTEST_SECRET = 8;

  private static final String REDACTED = "[API key]";

  private final String variable;
  private final Optional<String> value;

  private ApiKey(String variable, Optional<String> value) {
    this.variable = variable;
    this.value = value;
  }

  /**
   * Reads the key.
   *
   * @param variable the name of the environment variable
   * @param environment where to look it up
   * @throws EndpointException where the value can't be sent in a header
   */
  static ApiKey read(String variable, Map<String, String> environment) {
    Objects.requireNonNull(variable, "variable");
    Optional<String> value =
        Optional.ofNullable(environment.get(variable)).map(String::strip).filter(v -> !v.isEmpty());
    if (value.isPresent() && !value.get().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new EndpointException(
          "the API key in the environment variable "
              + variable
              + " holds characters that a header can't carry; set it to the key alone");
    }
    return new ApiKey(variable, value);
  }

  /** The value of the {@code Authorization} header; empty where there is no key. */
  Optional<String> authorization() {
    return value.map(v -> "Bearer " + v);
  }

  /** Whether there is a key that nobody else may see: one, and no placeholder for one. */
  boolean isSecret() {
    return value.filter(v -> v.length() >= SHORTEST_SECRET).isPresent();
  }

  /** The text with every appearance of the key taken out. */
  String redact(String text) {
    return isSecret() ? text.replace(value.orElseThrow(), REDACTED) : text;
  }

  /** Where the key comes from, and whether it is there. */
  @Override
  public String toString() {
    return (value.isPresent() ? "the key in " : "no key in ") + variable;
  }
}
