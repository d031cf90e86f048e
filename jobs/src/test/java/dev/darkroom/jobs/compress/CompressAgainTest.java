package dev.darkroom.jobs.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change, come back, or fail between one run and the next. */
class CompressAgainTest {
  @TempDir private Path temp;
  private Path images;
  private Path archive;

  @BeforeEach
  void folders() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    archive = temp.resolve("archive");
  }

  @Test
  void contentThatComesBackIsRestored() throws IOException {
    Path file = images.resolve("a.png");
    for (int seed : new int[] {1, 2, 1}) {
      Files.write(file, TestImages.png(seed));
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L * (seed + 1)));
      compress();
    }
    assertThat(rows()).hasSize(2);

    Path restored = temp.resolve("restored");
    Shell shell =
        Shell.run("restore", "--input", archive.toString(), "--output", restored.toString());
    assertThat(shell.status()).as(shell.err()).isZero();
    assertThat(restored.resolve("a.png")).hasSameBinaryContentAs(file);
    assertThat(compress().get("skipped").asLong()).isEqualTo(1);
  }

  @Test
  void whatWasKeptAsPixelsIsKeptAsTheFileOnceThatIsAskedFor() throws IOException {
    TestImages.write(images, 2);
    JsonNode first = compress("--fidelity=pixels");
    assertThat(first.get("recoded").asLong()).isZero();

    JsonNode second = compress();

    assertThat(second.get("recoded").asLong()).isEqualTo(2);
    assertThat(rows()).hasSize(2).allMatch(row -> row.<String>getAs("fidelity").equals("file"));
    assertThat(compress().get("skipped").asLong()).isEqualTo(2);
    assertThat(compress("--fidelity=pixels").get("skipped").asLong()).isEqualTo(2);
  }

  @Test
  void imagesOfAnotherProfileStayAndAreTold() throws IOException {
    TestImages.write(images, 2);
    assertThat(compress().get("other_profile").asLong()).isZero();
    assertThat(compress().get("other_profile").asLong()).isZero();

    JsonNode flow = compress("--profile=flow");
    assertThat(flow.get("skipped").asLong()).isEqualTo(2);
    assertThat(flow.get("other_profile").asLong()).isEqualTo(2);
    assertThat(rows()).extracting(row -> row.<String>getAs("profile")).containsOnly("fast");

    compress("--profile=flow", "--no-resume");
    assertThat(rows()).extracting(row -> row.<String>getAs("profile")).containsOnly("flow");
    assertThat(compress("--profile=flow").get("other_profile").asLong()).isZero();
  }

  @Test
  void otherContentOfTheSameSizeAndTimeIsFoundByItsChecksum() throws IOException {
    Path file = images.resolve("a.txt");
    Files.writeString(file, "one");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    compress();
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    assertThat(compress().get("skipped").asLong()).isEqualTo(1);
    assertThat(compress("--checksum").get("stored").asLong()).isEqualTo(1);
    assertThat(compress("--checksum").get("skipped").asLong()).isEqualTo(1);
  }

  @Test
  void aFileThatCanNoLongerBeReadTakesNoRowAway() throws IOException {
    TestImages.write(images, 2);
    compress();

    JsonNode again = compress("--no-resume", "--max-bytes=10");

    assertThat(again.get("failed").asLong()).isEqualTo(2);
    assertThat(rows())
        .extracting(row -> row.<String>getAs("status"))
        .containsExactlyInAnyOrder("ok", "failed", "ok", "failed");
    Path restored = temp.resolve("restored");
    Shell.run("restore", "--input", archive.toString(), "--output", restored.toString());
    assertThat(restored.resolve("01.png")).hasSameBinaryContentAs(images.resolve("01.png"));
    assertThat(compress("--retry-failed").get("failed").asLong()).isZero();
    assertThat(rows()).extracting(row -> row.<String>getAs("status")).containsExactly("ok", "ok");
  }

  private JsonNode compress(String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "compress",
                "--json",
                "--input",
                images.toString(),
                "--output",
                archive.toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
    JsonNode summary = new ObjectMapper().readTree(shell.out());
    assertThat(summary.get("unaccounted").asLong()).isZero();
    return summary;
  }

  private List<Row> rows() {
    return TestSpark.table(archive).orderBy("relative_path", "archived_at").collectAsList();
  }
}
