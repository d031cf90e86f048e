package dev.darkroom.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a model and their SHA-256 hashes, as {@code sha256sum} writes them.
 *
 * @param hashes from each file's path below the model's folder, with {@code /} between names, to
 *     its hash in lower-case hexadecimal
 */
public record Manifest(SortedMap<String, String> hashes) {
  /** The name of the file that holds a manifest. */
  public static final String FILE = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})[ ][ *](.+)");

  /** Takes a copy. */
  public Manifest {
    hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  /**
   * Reads a manifest.
   *
   * @param text lines of a hash, two spaces and a path; blank lines are passed over
   * @throws ManifestException where a line is anything else, or a path leaves the folder
   */
  public static Manifest parse(String text) {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.matches()) {
        throw new ManifestException(line, "'" + line + "' is no line of sha256sum");
      }
      String path = matcher.group(2).replaceFirst("^(\\./)+", "");
      if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
        throw new ManifestException(line, "'" + path + "' lies outside of the model's folder");
      }
      hashes.put(path, matcher.group(1));
    }
    return new Manifest(hashes);
  }

  /** Hashes all files below a local folder, but for a manifest and names that begin with a dot. */
  public static Manifest of(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return of(
          folder,
          walk.filter(Files::isRegularFile)
              .filter(file -> !isLeftOut(relative(folder, file)))
              .toList());
    }
  }

  /** Hashes some files below a local folder, each of which is read once. */
  public static Manifest of(Path folder, Collection<Path> files) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (Path file : files) {
      hashes.put(relative(folder, file), Sha256.ofFile(file));
    }
    return new Manifest(hashes);
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  /** Whether a path below a model's folder is no part of the model. */
  public static boolean isLeftOut(String path) {
    return path.equals(FILE) || Stream.of(path.split("/")).anyMatch(name -> name.startsWith("."));
  }

  /**
   * The model's hash: the SHA-256, in hexadecimal, of {@link #text()}. Where the folder has a
   * sorted {@code SHA256SUMS} of all these files, that of this file.
   */
  public String hash() {
    return Sha256.of(text());
  }

  /** Lines of a hash, two spaces and a path, sorted by path; {@link #parse} reads them. */
  public String text() {
    StringBuilder lines = new StringBuilder();
    hashes.forEach((path, hash) -> lines.append(hash).append("  ").append(path).append('\n'));
    return lines.toString();
  }

  /** What differs in a local folder, one line each; empty where every file is as it should be. */
  public List<String> differences(Path folder) throws IOException {
    List<String> differences = new ArrayList<>();
    for (var entry : hashes.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (!Files.isRegularFile(file)) {
        differences.add(entry.getKey() + " is missing");
      } else {
        String actual = Sha256.ofFile(file);
        if (!actual.equals(entry.getValue())) {
          differences.add(
              "%s has SHA-256 %s, not %s".formatted(entry.getKey(), actual, entry.getValue()));
        }
      }
    }
    return differences;
  }
}
