package dev.darkroom.udfs.model;

import dev.darkroom.recaption.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
public record ModelManifest(SortedMap<String, String> hashes) {
  /** The name of the file that holds a manifest. */
  public static final String FILE = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})[ ][ *](.+)");

  /** Takes a copy. */
  public ModelManifest {
    hashes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  /**
   * Reads a manifest.
   *
   * @param text lines of a hash, two spaces and a path; blank lines are passed over
   * @throws IllegalArgumentException where a line is anything else, or a path leaves the folder
   */
  public static ModelManifest parse(String text) {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (!matcher.matches()) {
        throw new IllegalArgumentException("'" + line + "' is no line of sha256sum");
      }
      String path = matcher.group(2).replaceFirst("^(\\./)+", "");
      if (path.startsWith("/") || List.of(path.split("/", -1)).contains("..")) {
        throw new IllegalArgumentException("'" + path + "' lies outside of the model's folder");
      }
      hashes.put(path, matcher.group(1));
    }
    return new ModelManifest(hashes);
  }

  /** Hashes all files below a local folder, but for a manifest and names that begin with a dot. */
  public static ModelManifest of(Path folder) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        if (!isLeftOut(path)) {
          hashes.put(path, Sha256.ofFile(file));
        }
      }
    }
    return new ModelManifest(hashes);
  }

  /** Whether a path is no part of the model. */
  static boolean isLeftOut(String path) {
    return path.equals(FILE) || Stream.of(path.split("/")).anyMatch(name -> name.startsWith("."));
  }

  /** The model's hash: that of the lines of its files, sorted by path. */
  public String modelHash() {
    return Sha256.of(text().getBytes(StandardCharsets.UTF_8));
  }

  /** The lines, sorted by path; {@link #parse} reads them. */
  String text() {
    StringBuilder lines = new StringBuilder();
    hashes.forEach((path, hash) -> lines.append(hash).append("  ").append(path).append('\n'));
    return lines.toString();
  }

  /** What differs in a local folder, one line each; empty where every file is as it should be. */
  List<String> differences(Path folder) throws IOException {
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
