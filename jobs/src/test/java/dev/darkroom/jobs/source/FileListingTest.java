package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {
  @TempDir private Path temp;

  @BeforeEach
  void files() throws IOException {
    for (String name :
        List.of("a.png", "_b.png", ".hidden.png", "sub/c d%20.png", "sub/deep/e.png", "s3:x.png")) {
      Path file = temp.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  @Test
  void listsAllFilesBelowAFolderButHiddenOnes() {
    assertThat(relative(temp.toString()))
        .containsExactlyInAnyOrder(
            "a.png", "_b.png", "sub/c d%20.png", "sub/deep/e.png", "s3:x.png");
  }

  @Test
  void aGlobsRootIsWhatStandsBeforeThePattern() {
    assertThat(relative(temp + "/s*b/*")).containsExactly("sub/c d%20.png", "sub/deep/e.png");
    assertThat(relative(temp + "/{a,_b}.png")).containsExactlyInAnyOrder("a.png", "_b.png");
  }

  @Test
  void aSingleFileIsNamedByItself() {
    assertThat(relative(temp + "/sub/deep/e.png")).containsExactly("e.png");
  }

  @Test
  void linksInACircleEnd() throws IOException {
    Files.createSymbolicLink(temp.resolve("sub/again"), temp);

    assertThat(relative(temp.toString())).hasSize(5);
  }

  @Test
  void tellsSizeAndTime() throws IOException {
    Candidate candidate = list(temp + "/a.png").get(0);

    assertThat(candidate.size()).isEqualTo(5);
    assertThat(candidate.modified().orElseThrow().getTime())
        .isEqualTo(Files.getLastModifiedTime(temp.resolve("a.png")).toMillis());
  }

  @Test
  void nothingIsAnError() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> list(temp + "/nowhere"))
        .withMessageContaining("does not exist");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> list(temp + "/*.tiff"))
        .withMessageContaining("matches no file");
  }

  private static List<String> relative(String input) {
    return list(input).stream().map(Candidate::relativePath).toList();
  }

  private static List<Candidate> list(String input) {
    return new FileListing(new Configuration(false), false).list(input);
  }
}
