package dev.darkroom.jobs.source;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Paths of this machine's files, byte for byte, whatever the locale of the JVM.
 *
 * <p>A {@code source_path} of a local file is {@code file:} and its absolute path. A path that is
 * not UTF-8 is {@code file+percent:} and the path with its bytes as {@link RawName} tells them.
 */
public final class LocalPath {
  private static final String PLAIN = "file:";
  private static final String PERCENT = "file+percent:";

  private LocalPath() {}

  /** Whether a {@code source_path} is one of a local file whose path is not UTF-8. */
  static boolean isPercent(String sourcePath) {
    return sourcePath.startsWith(PERCENT);
  }

  /** The {@code source_path} of a file. */
  static String sourcePath(Path path) {
    byte[] bytes = bytes(path);
    return RawName.utf8(bytes)
        .map(text -> PLAIN + text)
        .orElseGet(() -> PERCENT + RawName.percent(bytes, false));
  }

  /** A file's own name, as people can read it. */
  static String name(Path path) {
    String readable = RawName.readable(bytes(path));
    return readable.substring(readable.lastIndexOf('/') + 1);
  }

  /**
   * The local file that a {@code source_path} names, if it names one.
   *
   * @param sourcePath as this class writes them; else {@code file:} and a path in plain characters
   * @throws IllegalArgumentException where no file can have the path
   */
  public static Optional<Path> of(String sourcePath) {
    if (isPercent(sourcePath)) {
      return Optional.of(fromBytes(RawName.unpercent(sourcePath.substring(PERCENT.length()))));
    }
    if (!sourcePath.startsWith(PLAIN + "/")) {
      return Optional.empty();
    }
    return Optional.of(absolute(sourcePath.substring(PLAIN.length())));
  }

  /** The file of an absolute path in plain characters. */
  static Path absolute(String path) {
    return fromBytes(path.getBytes(StandardCharsets.UTF_8));
  }

  /** The name that Java knows bytes under may be another one; a URI always tells them all. */
  private static Path fromBytes(byte[] path) {
    String encoded = RawName.percent(path, false).replaceFirst("^/+", "/");
    return Path.of(URI.create("file://" + encoded));
  }

  private static byte[] bytes(Path path) {
    String text = path.toAbsolutePath().toString();
    if (text.chars().allMatch(c -> c > 0 && c < 0x7F && c != '?')) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    String encoded = path.toUri().getRawPath();
    boolean folder = encoded.length() > 1 && encoded.endsWith("/");
    return RawName.unpercent(folder ? encoded.substring(0, encoded.length() - 1) : encoded);
  }
}
