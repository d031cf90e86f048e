package dev.darkroom.compression.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Image files that lie beside the repository on some machines; tests without them are skipped. */
public final class SharedData {
  private SharedData() {}

  /** The files of a folder under {@code shared/data}, by name. */
  public static List<Path> files(String folder) {
    Path found = Path.of("..", "..", "shared", "data").resolve(folder);
    assumeTrue(Files.isDirectory(found), () -> found + " does not exist");
    try (Stream<Path> files = Files.list(found)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
