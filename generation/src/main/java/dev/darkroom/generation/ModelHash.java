package dev.darkroom.generation;

import dev.darkroom.models.Manifest;
import dev.darkroom.models.ManifestException;
import dev.darkroom.models.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The hash of a model folder, which has to be what its {@code SHA256SUMS} says. */
final class ModelHash {
  private ModelHash() {}

  /**
   * Hashes the files, which are read once: the same whether the folder has a list or not.
   *
   * @throws ModelException where there is a {@code SHA256SUMS} and files differ from it, are
   *     missing, or are not listed: names all of them
   */
  static String of(Path folder) {
    try {
      Manifest found = Manifest.of(folder, files(folder));
      Path list = folder.resolve(Manifest.FILE);
      if (Files.isRegularFile(list)) {
        compare(folder, found.hashes(), listed(list).hashes());
      }
      return found.hash();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !file.equals(folder.resolve(Manifest.FILE)))
          .toList();
    }
  }

  private static Manifest listed(Path list) throws IOException {
    try {
      return Manifest.parse(Files.readString(list));
    } catch (ManifestException e) {
      throw new ModelException(
          "%s has a line that is no hash and path: %s; fetch or export the model again"
              .formatted(list, e.line()),
          e);
    }
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
                "%s has the SHA-256 %s, and %s says %s"
                    .formatted(name, actual, Manifest.FILE, hash));
          }
        });
    found.keySet().stream()
        .filter(name -> !listed.containsKey(name))
        .forEach(name -> problems.add("%s is not listed in %s".formatted(name, Manifest.FILE)));
    if (!problems.isEmpty()) {
      throw new ModelException(
          "%s is not the model that its %s describes: %s; fetch or export the model again"
              .formatted(folder, Manifest.FILE, String.join("; ", problems)));
    }
  }
}
