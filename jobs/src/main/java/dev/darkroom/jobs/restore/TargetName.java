package dev.darkroom.jobs.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that a restored file gets below the output folder.
 *
 * <p>A scheme, a host, a drive letter and leading slashes are dropped, for a table may call its
 * images by whole URIs. What then still points upwards, or has characters that no file name should,
 * is refused. Both kinds of slash separate names, so that a path means the same on every system.
 */
final class TargetName {
  private static final Pattern SCHEME =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:(//[^/\\\\]*|(?=[/\\\\]))");
  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:(?=[/\\\\])");

  private TargetName() {}

  /**
   * Makes a safe relative path.
   *
   * @param path what the row says, anything at all
   * @param png whether the file will be a PNG, whatever it was
   * @return names joined by {@code /}, or no value where the path is refused
   */
  static Optional<String> of(String path, boolean png) {
    String bare = DRIVE.matcher(SCHEME.matcher(path).replaceFirst("")).replaceFirst("");
    List<String> names = new ArrayList<>();
    for (String name : bare.split("[/\\\\]", -1)) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..") || name.chars().anyMatch(Character::isISOControl)) {
        return Optional.empty();
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String joined = String.join("/", names);
    boolean named = joined.toLowerCase(Locale.ROOT).endsWith(".png");
    return Optional.of(png && !named ? joined + ".png" : joined);
  }
}
