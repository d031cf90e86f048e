package dev.darkroom.jobs.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others made, where they are at hand. */
class SharedDataTest {
  private static final Path SHARED = Path.of("..", "..", "shared");
  private static final Path DATA = SHARED.resolve("data");

  @TempDir private Path temp;

  @Test
  void brokenFilesBecomeRowsAndNothingElse() throws IOException {
    Path broken = DATA.resolve("broken");
    assumeTrue(Files.isDirectory(broken), "no shared data");
    Path archive = temp.resolve("archive");
    long files;
    try (Stream<Path> walk = Files.walk(broken)) {
      files = walk.filter(Files::isRegularFile).count();
    }

    Shell shell =
        Shell.run("compress", "--input", broken.toString(), "--output", archive.toString());

    assertThat(shell.status()).as(shell.err()).isZero();
    assertThat(TestSpark.table(archive).count()).isEqualTo(files);
    assertThat(
            TestSpark.table(archive)
                .filter("relative_path rlike 'pngsuite/x[^/]*\\\\.png$' and status = 'ok'")
                .count())
        .as("PngSuite files that must be rejected")
        .isZero();
    assertThat(TestSpark.table(archive).filter("error_type = 'INTERNAL'").count()).isZero();
    assertThat(TestSpark.table(archive).filter("payload_size > file_size").count()).isZero();
    assertThat(Shell.run("verify", "--input", archive.toString()).status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data/broken", "data/coco-mini", "cases"})
  void foldersComeBackAsTheyWere(String name) throws IOException {
    Path folder = SHARED.resolve(name);
    assumeTrue(Files.isDirectory(folder), "no shared data");
    Trees.assertComesBack(folder, temp.resolve("archive"), temp.resolve("restored"));
  }

  @Test
  void photographsShrinkAndComeBack() throws IOException {
    Path photo = DATA.resolve("photos/validation/1025469.png");
    assumeTrue(Files.exists(photo), "no shared data");
    Path archive = temp.resolve("archive");

    Shell shell =
        Shell.run(
            "compress",
            "--fidelity=file",
            "--input",
            photo.toString(),
            "--output",
            archive.toString());

    assertThat(shell.status()).as(shell.err()).isZero();
    assertThat(TestSpark.table(archive).filter("status = 'ok'").count()).isEqualTo(1);
    Path restored = temp.resolve("restored");
    assertThat(
            Shell.run("restore", "--input", archive.toString(), "--output", restored.toString())
                .status())
        .isZero();
    assertThat(restored.resolve("1025469.png")).hasSameBinaryContentAs(photo);
  }
}
