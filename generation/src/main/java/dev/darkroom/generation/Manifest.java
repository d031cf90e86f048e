package dev.darkroom.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The hashes of a model folder's files, by path, and what its {@code SHA256SUMS} says of them. */
final class Manifest {
  private static final String NAME = "SHA256SUMS";

  private final SortedMap<String, String> hashes;

  private Manifest(SortedMap<String, String> hashes) {
    this.hashes = hashes;
  }

  /**
   * Hashes the files, which are read once.
   *
   * @throws ModelException where there is a {@code SHA256SUMS} and files differ from it, are
   *     missing, or are not listed: names all of them
   */
  static Manifest of(Path folder) {
    try {
      SortedMap<String, String> found = new TreeMap<>();
      for (Path file : files(folder)) {
        found.put(folder.relativize(file).toString().replace('\\', '/'), Sha256.ofFile(file));
      }
      Path list = folder.resolve(NAME);
      if (Files.isRegularFile(list)) {
        compare(folder, found, listed(list));
      }
      return new Manifest(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !file.equals(folder.resolve(NAME)))
          .toList();
    }
  }

  private static Map<String, String> listed(Path list) throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (String line : Files.readAllLines(list)) {
      int gap = line.indexOf("  ");
      if (gap < 0) {
        throw new ModelException(
            "%s has a line that is no hash and path: %s; fetch or export the model again"
                .formatted(list, line));
      }
      listed.put(line.substring(gap + 2), line.substring(0, gap));
    }
    return listed;
  }

  private static void compare(Path folder, Map<String, String> found, Map<String, String> listed) {
    List<String> problems = new ArrayList<>();
    listed.forEach(
        (name, hash) -> {
          String actual = found.get(name);
          if (actual == null) {
            problems.add(name + " is missing");
          } else if (!actual.equals(hash)) {
            problems.add(
                "%s has the SHA-256 %s, and %s says %s".formatted(name, actual, NAME, hash));
          }
        });
    found.keySet().stream()
        .filter(name -> !listed.containsKey(name))
        .forEach(name -> problems.add("%s is not listed in %s".formatted(name, NAME)));
    if (!problems.isEmpty()) {
      throw new ModelException(
          "%s is not the model that its %s describes: %s; fetch or export the model again"
              .formatted(folder, NAME, String.join("; ", problems)));
    }
  }

  /** The SHA-256 of the sorted lines: the same whether the folder has a list or not. */
  String hash() {
    StringBuilder lines = new StringBuilder();
    hashes.forEach((name, hash) -> lines.append(hash).append("  ").append(name).append('\n'));
    return Sha256.of(lines.toString());
  }
}
