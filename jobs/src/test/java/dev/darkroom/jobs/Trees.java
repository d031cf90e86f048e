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

  /** Fails where a folder is another after compressing and restoring it with default options. */
  public static void assertComesBack(Path folder, Path archive, Path restored) throws IOException {
    Shell compress = Shell.run("compress", "--input=" + folder, "--output=" + archive);
    Shell restore = Shell.run("restore", "--input=" + archive, "--output=" + restored);

    assertThat(compress.status()).as(compress.err()).isZero();
    assertThat(restore.status()).as(restore.err() + restore.out()).isZero();
    assertSame(restored, folder);
    assertThat(restored.resolveSibling(restored.getFileName() + ".names.jsonl")).doesNotExist();
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
