package dev.darkroom.recaption.endpoint;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells from the name of an option or a variable whether its value is secret. */
final class SecretNames {
  /** Plurals of "token" count them, as in {@code --max-tokens}. */
  private static final Set<String> SECRET =
      Set.of(
          "apikey",
          "apikeys",
          "bearer",
          "credential",
          "credentials",
          "key",
          "keys",
          "passphrase",
          "passwd",
          "password",
          "pwd",
          "secret",
          "secrets",
          "token");

  private SecretNames() {}

  /** Whether one of a name's words says so: {@code --api-key}, {@code HF_TOKEN}, {@code apiKey}. */
  static boolean isSecret(String name) {
    String apart = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    return List.of(apart.split("[^a-z0-9]+")).stream().anyMatch(SECRET::contains);
  }
}
