package dev.darkroom.recaption.endpoint;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where an endpoint's API begins, such as {@code http://127.0.0.1:8000/v1}. */
final class EndpointAddress {
  private static final String COMPLETIONS = "/chat/completions";

  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

  private EndpointAddress() {}

  /**
   * The base of an endpoint that people write as {@code http://host:8000}, {@code
   * http://host:8000/v1} or {@code http://host:8000/v1/chat/completions}.
   *
   * @throws EndpointException where it is no such address, or holds a secret
   */
  static URI base(URI given) {
    if (given.getRawUserInfo() != null || given.getRawQuery() != null) {
      throw new EndpointException(
          "the endpoint's address holds a user or a query, which may be secret and would be seen in"
              + " messages; give the address alone, and the key in an environment variable");
    }
    String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || given.getHost() == null) {
      throw new EndpointException(
          "'" + given + "' is no endpoint's address; give one such as http://host:8000/v1");
    }
    String path = withoutEnd(given.getRawPath(), "/");
    path = withoutEnd(withoutEnd(path, COMPLETIONS), "/");
    return given.resolve(path.isEmpty() ? "/v1" : path);
  }

  /** Whether what is sent there is encrypted, or does not leave this machine. */
  static boolean isPrivate(URI base) {
    return base.getScheme().equalsIgnoreCase("https") || isThisMachine(base.getHost());
  }

  /** By its name alone: what a name server says of another name may change. */
  private static boolean isThisMachine(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || LOOPBACK.matcher(name).matches()
        || name.equals("[::1]")
        || name.equals("[0:0:0:0:0:0:0:1]");
  }

  /** Where chat completions are asked for. */
  static URI completions(URI base) {
    return URI.create(base + COMPLETIONS);
  }

  /** Where models are listed. */
  static URI models(URI base) {
    return URI.create(base + "/models");
  }

  private static String withoutEnd(String path, String end) {
    return path.endsWith(end) ? path.substring(0, path.length() - end.length()) : path;
  }
}
