package dev.darkroom.jobs.restore;

import dev.darkroom.compression.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name that a restored file gets below the output folder.
 *
 * <p>A scheme, a host, a drive letter and leading slashes are dropped, for a table may call its
 * images by whole URIs. A backslash separates names where Windows wrote the path (it begins with a
 * drive, or a server after two of them) or where names are to be portable; elsewhere it is a
 * character like others, as file systems hold it. What then points upwards, has characters that no
 * file name should, or is longer than file systems hold gets a safe name instead: a path never
 * leads out of the folder.
 *
 * @param path names joined by {@code /}
 * @param changes why the path is another than the row's own; empty where it is the same
 */
record TargetName(String path, Set<Change> changes) {
  /** Why a file is called otherwise than its row says. */
  enum Change {
    /** It is a PNG of the pixels, whatever it was. */
    PNG,
    /** The row's path begins with a place: a scheme, a host, a drive, a slash. */
    PLACE,
    /** The path points upwards, or has characters or names that are not safe here. */
    UNSAFE,
    /** The path, or a name in it, is too long. */
    TOO_LONG,
    /** Another file, or a folder, has the name. */
    TAKEN,
    /** It is an older version of the file. */
    OLDER_VERSION;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_EXTENSION = 16;
  private static final int SHORT_HASH = 8;
  private static final Pattern SCHEME =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:(//[^/\\\\]*|(?=[/\\\\]))");
  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:(?=[/\\\\])");
  private static final Pattern NOT_PORTABLE = Pattern.compile("[<>:\"|?*]|[. ]+$");
  private static final Pattern DEVICE =
      Pattern.compile(
          "^(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00b9\u00b2\u00b3])(?=\\.|$)",
          Pattern.CASE_INSENSITIVE);

  /** Takes a copy of the set, in order. */
  TargetName {
    changes = java.util.Collections.unmodifiableSet(new TreeSet<>(changes));
  }

  /**
   * Makes a safe relative path.
   *
   * @param path what the row says, anything at all
   * @param png whether the file will be a PNG, whatever it was
   */
  static TargetName of(String path, boolean png, NameRules rules) {
    Set<Change> changes = new TreeSet<>();
    String bare = DRIVE.matcher(SCHEME.matcher(path).replaceFirst("")).replaceFirst("");
    List<String> names = new ArrayList<>();
    for (String name : bare.split(splitsAtBackslash(path, rules) ? "[/\\\\]" : "/", -1)) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      String safe = safe(name, rules);
      if (!safe.equals(name)) {
        changes.add(Change.UNSAFE);
      }
      names.add(safe);
    }
    if (names.isEmpty()) {
      changes.add(Change.UNSAFE);
      names.add("unnamed");
    }
    int last = names.size() - 1;
    if (png && !names.get(last).toLowerCase(Locale.ROOT).endsWith(".png")) {
      changes.add(Change.PNG);
      names.set(last, names.get(last) + ".png");
    }
    String joined = shortened(names, rules, changes);
    if (changes.isEmpty() && !joined.equals(path)) {
      changes.add(Change.PLACE);
    }
    return new TargetName(joined, changes);
  }

  private static boolean splitsAtBackslash(String path, NameRules rules) {
    return rules.portable() || path.startsWith("\\\\") || DRIVE.matcher(path).find();
  }

  /**
   * The same name with a mark before its extension: {@code a/b~1a2b3c4d.png}.
   *
   * @param mark what tells it from others of the same name
   */
  TargetName marked(String mark, Change why) {
    int slash = path.lastIndexOf('/') + 1;
    Set<Change> all = new TreeSet<>(changes);
    all.add(why);
    return new TargetName(path.substring(0, slash) + marked(path.substring(slash), mark), all);
  }

  /** The folders above the file, the outermost first. */
  static List<String> folders(String path) {
    List<String> folders = new ArrayList<>();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash));
    }
    return folders;
  }

  /** The changes' names, joined by commas; empty where nothing is changed. */
  String reason() {
    return changes.stream().map(Change::id).collect(Collectors.joining(", "));
  }

  /** The changes that {@link #reason} has named. */
  static Set<Change> changes(String reason) {
    Set<Change> changes = new TreeSet<>();
    for (Change change : Change.values()) {
      if (List.of(reason.split(", ")).contains(change.id())) {
        changes.add(change);
      }
    }
    return changes;
  }

  private static String safe(String name, NameRules rules) {
    if (name.equals("..")) {
      return "__";
    }
    StringBuilder safe = new StringBuilder();
    name.codePoints()
        .map(c -> isHeld(c) && !(rules.portable() && Character.isISOControl(c)) ? c : '_')
        .forEach(safe::appendCodePoint);
    return rules.portable() ? portable(safe.toString()) : safe.toString();
  }

  /** Whether file systems hold a character: all but the one that ends names, and half a pair. */
  private static boolean isHeld(int character) {
    return character != 0 && Character.getType(character) != Character.SURROGATE;
  }

  private static String portable(String name) {
    String safe =
        NOT_PORTABLE.matcher(name).replaceAll(match -> "_".repeat(match.group().length()));
    return DEVICE.matcher(safe).replaceFirst("$1_");
  }

  /** Shortens each name, and then, if that does not do, all folders together. */
  private static String shortened(List<String> names, NameRules rules, Set<Change> changes) {
    String above = "";
    for (int i = 0; i < names.size(); i++) {
      above = above.isEmpty() ? names.get(i) : above + "/" + names.get(i);
      if (bytes(names.get(i)) > LONGEST_NAME) {
        names.set(i, marked(names.get(i), hash(above)));
        changes.add(Change.TOO_LONG);
      }
    }
    String joined = String.join("/", names);
    if (bytes(joined) <= rules.longestPath()) {
      return joined;
    }
    changes.add(Change.TOO_LONG);
    int last = names.size() - 1;
    return "folders~" + hash(String.join("/", names.subList(0, last))) + "/" + names.get(last);
  }

  private static String marked(String name, String mark) {
    Optional<String> extension = extension(name);
    String ending = "~" + mark + extension.orElse("");
    String stem = name.substring(0, name.length() - extension.map(String::length).orElse(0));
    return cut(stem, LONGEST_NAME - bytes(ending)) + ending;
  }

  private static Optional<String> extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && bytes(name.substring(dot)) <= LONGEST_EXTENSION
        ? Optional.of(name.substring(dot))
        : Optional.empty();
  }

  private static String cut(String text, int mostBytes) {
    int end = text.length();
    while (bytes(text.substring(0, end)) > mostBytes) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, SHORT_HASH);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
