package dev.darkroom.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.jobs.source.CandidateReader.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransientErrorsTest {
  @TempDir private Path temp;

  @Test
  void aFileIsReadWhereOneCallInAFewFails() throws Exception {
    byte[] content = new byte[50_000];
    new Random(1).nextBytes(content);
    Files.write(temp.resolve("a.bin"), content);
    CandidateReader reader = new CandidateReader(FlakyFileSystem.failing(4), 1 << 20);

    for (int i = 0; i < 3; i++) {
      assertThat(reader.read(flaky("a.bin"))).isEqualTo(content);
    }
  }

  @Test
  void whatFailsAtEveryAttemptIsAProblemAfterThree() throws IOException {
    Files.writeString(temp.resolve("a.bin"), "content");
    CandidateReader reader = new CandidateReader(FlakyFileSystem.failing(1), 1 << 20);
    long before = FlakyFileSystem.CALLS.get();

    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> reader.read(flaky("a.bin")));

    assertThat(e.problem().type()).isEqualTo(SourceProblem.Type.UNREADABLE);
    assertThat(e.problem().message()).contains("connection reset by peer");
    assertThat(FlakyFileSystem.CALLS.get() - before).isBetween(3L, 9L);
  }

  @Test
  void whatIsNotThereIsNotTriedAgain() {
    CandidateReader reader = new CandidateReader(FlakyFileSystem.failing(1000), 1 << 20);
    long before = FlakyFileSystem.CALLS.get();

    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> reader.read(flaky("none.bin")));

    assertThat(e.problem().type()).isEqualTo(SourceProblem.Type.MISSING);
    assertThat(FlakyFileSystem.CALLS.get() - before).isEqualTo(1);
  }

  @Test
  void aReadThatEndsEarlyIsNoFile() throws IOException {
    Files.write(temp.resolve("a.bin"), new byte[5000]);
    Configuration hadoop = FlakyFileSystem.failing(1000);
    hadoop.setLong(FlakyFileSystem.SHORT, 3000);

    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () -> new CandidateReader(hadoop, 1 << 20).read(flaky("a.bin")));

    assertThat(e.problem().message()).contains("ended at byte 3000 of 5000");
  }

  @Test
  void foldersAndTarsAreReadWhereOneCallInAFewFails() throws IOException {
    TarFiles tar = new TarFiles();
    for (int i = 0; i < 30; i++) {
      tar.file(i + ".bin", "x".repeat(i * 211));
    }
    tar.write(temp.resolve("t.tar"));
    Files.writeString(temp.resolve("b.png"), "b");
    Configuration hadoop = FlakyFileSystem.failing(4);

    List<Candidate> listed = new FileListing(hadoop, true).list("flaky:" + temp);
    List<Candidate> members = new ArrayList<>();
    try (TarMembers reader =
        new TarMembers(TarShard.of(listed.get(1)), new InputFiles(hadoop), 1 << 20)) {
      reader.forEachRemaining(members::add);
    }

    assertThat(listed).hasSize(2).allMatch(file -> file.problem().isEmpty());
    assertThat(members).hasSize(30).allMatch(member -> member.problem().isEmpty());
    for (int i = 0; i < 30; i++) {
      assertThat(members.get(i).content().orElseThrow())
          .isEqualTo("x".repeat(i * 211).getBytes(StandardCharsets.UTF_8));
    }
  }

  private Candidate flaky(String name) {
    return Candidate.file("flaky:" + temp + "/" + name, name, -1, Optional.empty());
  }
}
