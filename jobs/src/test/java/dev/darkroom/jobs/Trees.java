package dev.darkroom.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Folders, compared file by file and name by name. */
public final class Trees {
  private Trees() {}

  /** The paths of all files below a folder; those of links to files too. */
  public static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** Fails where one folder lacks a file of the other, or has it with other bytes. */
  public static void assertSame(Path actual, Path expected) throws IOException {
    Set<String> names = files(expected);
    assertThat(files(actual)).isEqualTo(names);
    for (String name : names) {
      assertThat(actual.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
  }
}
