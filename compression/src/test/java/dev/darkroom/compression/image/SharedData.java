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
    Path found = existing("data/" + folder);
    try (Stream<Path> files = Files.list(found)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder under {@code shared}, by name. */
  public static List<Path> tree(String folder) {
    try (Stream<Path> files = Files.walk(existing(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path existing(String folder) {
    Path found = Path.of("..", "..", "shared").resolve(folder);
    assumeTrue(Files.isDirectory(found), () -> found + " does not exist");
    return found;
  }
}
