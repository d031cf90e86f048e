package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One contract for all folders, and what only local ones must withstand. */
class TargetFolderTest {
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2, 2};

  enum Kind {
    LOCAL {
      @Override
      TargetFolder open(Path folder) throws IOException {
        return TargetFolder.open(folder.toString(), new Configuration(false));
      }
    },
    HADOOP {
      @Override
      TargetFolder open(Path folder) throws IOException {
        FileSystem fs = new RawLocalFileSystem();
        fs.initialize(folder.toUri(), new Configuration(false));
        return new HadoopTargetFolder(fs, new org.apache.hadoop.fs.Path(folder.toUri()));
      }
    };

    abstract TargetFolder open(Path folder) throws IOException;
  }

  @TempDir private Path temp;

  @ParameterizedTest
  @EnumSource
  void writesBelowFoldersThatItMakes(Kind kind) throws IOException {
    Path root = temp.resolve("out");

    TargetFolder.Outcome outcome = kind.open(root).put("a/b/c.png", ONE, false);

    assertThat(outcome).isEqualTo(TargetFolder.Outcome.WRITTEN);
    assertThat(root.resolve("a/b/c.png")).hasBinaryContent(ONE);
    try (Stream<Path> files = Files.list(root.resolve("a/b"))) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesWithColonsAreNames(Kind kind) throws IOException {
    kind.open(temp).put("10:30.png", ONE, false);

    assertThat(temp.resolve("10:30.png")).hasBinaryContent(ONE);
  }

  @ParameterizedTest
  @EnumSource
  void leavesWhatIsThereUnlessTold(Kind kind) throws IOException {
    TargetFolder folder = kind.open(temp);
    folder.put("c.png", ONE, false);

    assertThat(folder.put("c.png", ONE, false)).isEqualTo(TargetFolder.Outcome.SAME);
    assertThatIOException()
        .isThrownBy(() -> folder.put("c.png", TWO, false))
        .withMessageContaining("--overwrite");
    assertThat(temp.resolve("c.png")).hasBinaryContent(ONE);
    assertThat(folder.put("c.png", TWO, true)).isEqualTo(TargetFolder.Outcome.WRITTEN);
    assertThat(temp.resolve("c.png")).hasBinaryContent(TWO);
  }

  @ParameterizedTest
  @EnumSource
  void aFolderIsNeverReplaced(Kind kind) throws IOException {
    Files.createDirectory(temp.resolve("c.png"));
    TargetFolder folder = kind.open(temp);

    assertThatIOException().isThrownBy(() -> folder.put("c.png", ONE, true));
    assertThat(temp.resolve("c.png")).isDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void namesThatClimbAreRefused(Kind kind) throws IOException {
    TargetFolder folder = kind.open(temp.resolve("out"));

    assertThatIOException().isThrownBy(() -> folder.put("../evil.png", ONE, true));
    assertThat(temp.resolve("evil.png")).doesNotExist();
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Path root = Files.createDirectory(temp.resolve("out"));
    Files.createSymbolicLink(root.resolve("link"), outside);
    TargetFolder folder = Kind.LOCAL.open(root);

    assertThatIOException()
        .isThrownBy(() -> folder.put("link/evil.png", ONE, true))
        .withMessageContaining("links out of the output folder");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void aLinkInTheFilesPlaceIsReplacedNotWrittenThrough() throws IOException {
    Path victim = Files.write(temp.resolve("victim"), TWO);
    Path root = Files.createDirectory(temp.resolve("out"));
    Files.createSymbolicLink(root.resolve("a.png"), victim);
    TargetFolder folder = Kind.LOCAL.open(root);

    assertThatIOException().isThrownBy(() -> folder.put("a.png", ONE, false));
    folder.put("a.png", ONE, true);

    assertThat(victim).hasBinaryContent(TWO);
    assertThat(root.resolve("a.png")).isRegularFile().hasBinaryContent(ONE);
    assertThat(Files.isSymbolicLink(root.resolve("a.png"))).isFalse();
  }
}
