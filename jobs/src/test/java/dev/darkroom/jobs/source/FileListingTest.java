package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Assumptions;
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

  @Test
  void hiddenFilesAreListedForThoseWhoWantFiles() throws IOException {
    Files.createDirectory(temp.resolve(".git"));
    Files.createFile(temp.resolve(".git/empty"));

    assertThat(everything())
        .extracting(Candidate::relativePath)
        .containsExactlyInAnyOrder(
            "a.png",
            "_b.png",
            ".hidden.png",
            ".git/empty",
            "sub/c d%20.png",
            "sub/deep/e.png",
            "s3:x.png");
  }

  @Test
  void namesThatAreNotUtf8AreToldByTheirBytesAndRead() throws Exception {
    Path odd = Path.of(URI.create(temp.toUri() + "caf%E9%20%25.png"));
    Files.writeString(odd, "latin");
    Files.writeString(temp.resolve("café %.png"), "utf-8");

    List<Candidate> found = everything();

    Candidate latin = named(found, "caf%E9 %25.png");
    assertThat(latin.sourcePath()).isEqualTo("file+percent:" + temp + "/caf%E9%20%25.png");
    assertThat(LocalPath.of(latin.sourcePath())).contains(odd);
    assertThat(read(latin)).isEqualTo("latin");
    assertThat(named(found, "café %.png").sourcePath()).isEqualTo("file:" + temp + "/café %.png");
    assertThat(read(named(found, "café %.png"))).isEqualTo("utf-8");
  }

  @Test
  void whatIsNoFileIsARowThatSaysSo() throws IOException {
    Files.createSymbolicLink(temp.resolve("broken.png"), Path.of("nowhere"));
    Files.createSymbolicLink(temp.resolve("loop.png"), Path.of("loop.png"));
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(temp.resolve("socket")));

      List<Candidate> found = everything();

      assertThat(named(found, "broken.png").problem().orElseThrow().type())
          .isEqualTo(SourceProblem.Type.MISSING);
      assertThat(named(found, "broken.png").problem().orElseThrow().message())
          .contains("link to 'nowhere'");
      assertThat(named(found, "loop.png").problem()).isPresent();
      assertThat(named(found, "socket").problem().orElseThrow().type())
          .isEqualTo(SourceProblem.Type.UNREADABLE);
      assertThat(found).hasSize(9);
    }
  }

  @Test
  void anUnreadableFolderIsARow() throws IOException {
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.createFile(closed.resolve("x.png"));
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      Assumptions.assumeFalse(Files.isReadable(closed), "root reads every folder");

      Candidate row = named(everything(), "closed");

      assertThat(row.problem().orElseThrow().type()).isEqualTo(SourceProblem.Type.UNREADABLE);
      assertThat(row.problem().orElseThrow().message()).contains("can't be listed");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void linksToFilesAreFilesAndFoldersAreListedUnderTheirOwnNames() throws IOException {
    Path out = Files.createDirectory(temp.resolve("z"));
    Files.writeString(out.resolve("f.png"), "outside");
    Files.createSymbolicLink(temp.resolve("a-link"), out);
    Files.createSymbolicLink(temp.resolve("b-link.png"), out.resolve("f.png"));

    List<Candidate> found = everything();

    assertThat(found)
        .extracting(Candidate::relativePath)
        .contains("z/f.png", "b-link.png")
        .doesNotContain("a-link/f.png");
    assertThat(named(found, "b-link.png").size()).isEqualTo(7);
  }

  @Test
  void aStaleChecksumBesideAFileIsNotLookedAt() throws Exception {
    Files.writeString(temp.resolve(".a.png.crc"), "crc\0no checksum of it");

    assertThat(read(named(everything(), "a.png"))).isEqualTo("a.png");
  }

  private static Candidate named(List<Candidate> found, String relative) {
    return found.stream().filter(c -> c.relativePath().equals(relative)).findFirst().orElseThrow();
  }

  private static String read(Candidate candidate) throws CandidateReader.ProblemException {
    byte[] bytes = new CandidateReader(new Configuration(false), 1000).read(candidate);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<Candidate> everything() {
    return new FileListing(new Configuration(false), true).list(temp.toString());
  }

  private static List<String> relative(String input) {
    return list(input).stream().map(Candidate::relativePath).toList();
  }

  private static List<Candidate> list(String input) {
    return new FileListing(new Configuration(false), false).list(input);
  }
}
