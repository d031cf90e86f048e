package dev.darkroom.jobs.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row has an outcome, and every column that it vouches for is compared. */
class VerifyRowsTest {
  @TempDir private Path temp;

  private Path images;
  private Path archive;

  @BeforeEach
  void folders() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    archive = temp.resolve("a table #1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "width | width + 1",
        "height | null",
        "channels | 4",
        "bit_depth | 16",
        "file_size | file_size + 1",
        "file_sha256 | repeat('0', 64)",
        "pixel_sha256 | null",
        "payload_size | payload_size - 1",
        "status | 'stored'",
        "status | 'failed'",
        "codec | 'stored'",
        "fidelity | 'pixels'",
        "payload | null",
      })
  void aRowThatSaysOtherThanItsPayloadIsFound(String column, String value) throws Exception {
    Files.write(images.resolve("a.bmp"), TestImages.file("bmp", 1));
    Files.write(images.resolve("b.bmp"), TestImages.file("bmp", 2));
    compress("--fidelity=file");
    table().updateExpr("relative_path = 'b.bmp'", Map.of(column, value));

    JsonNode found = verify(1);

    assertThat(found.get("verified_as_files").asLong()).isEqualTo(1);
    assertThat(found.get("failed").asLong()).isEqualTo(1);
    assertThat(found.get("problems").get(0).asText()).startsWith("file:" + images + "/b.bmp: ");
  }

  @Test
  void aRowThatPromisesAFileAndHoldsPixelsIsFound() throws Exception {
    Files.write(images.resolve("a.bmp"), TestImages.file("bmp", 1));
    compress("--fidelity=pixels");
    assertThat(verify(0).get("verified_as_pixels").asLong()).isEqualTo(1);
    table().updateExpr(Map.of("fidelity", "'file'"));

    assertThat(verify(1).get("problems").get(0).asText()).contains("fidelity is pixels, not file");
    Shell restore =
        Shell.run(
            "restore",
            "--input",
            archive.toString(),
            "--output",
            temp.resolve("restored").toString());
    assertThat(restore.status()).isEqualTo(1);
    assertThat(temp.resolve("restored")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"width", "height", "channels", "bit_depth", "file_size"})
  void storedRowsAreComparedToo(String column) throws Exception {
    Files.write(images.resolve("a.jpg"), TestImages.file("jpg", 1));
    compress();
    assertThat(verify(0).get("verified_as_files").asLong()).isEqualTo(1);
    table().updateExpr(Map.of(column, column + " + 1"));

    assertThat(verify(1).get("problems").get(0).asText()).contains(column + " is ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDataFileThatIsGoneIsAFailureWhateverSparkIsTold(boolean ignore) throws Exception {
    Path gone = threeDataFiles().get(1);
    Files.delete(gone);

    JsonNode found = ignoring(ignore, () -> verify(1));

    assertThat(found.get("verified").asLong()).isEqualTo(2);
    assertThat(found.get("failures").get("MISSING_FILE").asLong()).isEqualTo(1);
    assertThat(found.get("problems").get(0).asText())
        .contains(gone.getFileName().toString())
        .contains("1 rows could not be read");
    JsonNode restored = ignoring(ignore, () -> restore(1));
    assertThat(restored.get("restored").asLong()).isEqualTo(2);
    assertThat(restored.get("failed").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDataFileThatIsDamagedIsAFailureWhateverSparkIsTold(boolean ignore) throws Exception {
    Path damaged = threeDataFiles().get(0);
    byte[] bytes = Files.readAllBytes(damaged);
    for (int i = bytes.length - 200; i < bytes.length; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(damaged, bytes);
    Files.deleteIfExists(damaged.resolveSibling("." + damaged.getFileName() + ".crc"));

    JsonNode found = ignoring(ignore, () -> verify(1));

    assertThat(found.get("verified").asLong()).isEqualTo(2);
    assertThat(found.get("failures").get("DAMAGED_FILE").asLong()).isEqualTo(1);
    assertThat(verify(1, "--where", "width > 0").get("failures").get("DAMAGED_FILE").asLong())
        .isEqualTo(1);
  }

  @Test
  void deletedRowsAreNotMissed() throws Exception {
    threeDataFiles();
    SparkSession spark = TestSpark.session();
    spark.sql(
        "alter table delta.`%s` set tblproperties ('delta.enableDeletionVectors' = true)"
            .formatted(archive));
    table().optimize().executeCompaction();
    table().delete("relative_path = '00.png'");

    assertThat(verify(0).get("verified").asLong()).isEqualTo(2);
    assertThat(verify(0, "--where", "relative_path < '02'").get("verified").asLong()).isEqualTo(1);
  }

  @Test
  void outcomesAreKeptWhereAsked() throws Exception {
    Files.write(images.resolve("a.bmp"), TestImages.file("bmp", 1));
    Files.write(images.resolve("b.bmp"), TestImages.file("bmp", 2));
    compress("--fidelity=file");
    table().updateExpr("relative_path = 'b.bmp'", Map.of("width", "1"));
    Path outcomes = temp.resolve("outcomes");

    verify(1, "--outcomes", outcomes.toString());

    List<Row> rows =
        TestSpark.session()
            .read()
            .parquet(outcomes.toString())
            .orderBy("source_path")
            .select("source_path", "file_sha256", "archived_at", "verified_as", "error_type")
            .collectAsList();
    List<Row> table =
        TestSpark.table(archive)
            .orderBy("source_path")
            .selectExpr(
                "source_path",
                "file_sha256",
                "archived_at",
                "if(width > 1, 'file', null)",
                "if(width > 1, null, 'DAMAGED_ROW')")
            .collectAsList();
    assertThat(rows).isEqualTo(table).hasSize(2);
    for (Path place : List.of(archive.resolve("outcomes"), archive, temp)) {
      Shell refused =
          Shell.run("verify", "--input", archive.toString(), "--outcomes", place.toString());
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err()).contains(" lies in ");
    }
    assertThat(TestSpark.table(archive).count()).isEqualTo(2);
  }

  private interface Job {
    JsonNode run() throws IOException;
  }

  private static JsonNode ignoring(boolean ignore, Job job) throws IOException {
    List<String> options =
        List.of("spark.sql.files.ignoreCorruptFiles", "spark.sql.files.ignoreMissingFiles");
    SparkSession spark = TestSpark.session();
    try {
      options.forEach(option -> spark.conf().set(option, Boolean.toString(ignore)));
      return job.run();
    } finally {
      options.forEach(option -> spark.conf().unset(option));
    }
  }

  /** Three images, each in a data file of its own; these in the images' order. */
  private List<Path> threeDataFiles() throws IOException {
    for (int i = 0; i < 3; i++) {
      Path part = Files.createDirectory(images.resolve("part" + i));
      Files.write(part.resolve("%02d.png".formatted(i)), TestImages.png(i));
      Shell shell =
          Shell.run("compress", "--input", part.toString(), "--output", archive.toString());
      assertThat(shell.status()).as(shell.err()).isZero();
    }
    List<Path> files =
        TestSpark.table(archive)
            .orderBy("relative_path")
            .selectExpr("_metadata.file_name")
            .collectAsList()
            .stream()
            .map(row -> archive.resolve(row.getString(0)))
            .distinct()
            .toList();
    assertThat(files).hasSize(3);
    return files;
  }

  private DeltaTable table() {
    return DeltaTable.forPath(TestSpark.session(), archive.toString());
  }

  private void compress(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("compress", "--input", images.toString(), "--output", archive.toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
  }

  private JsonNode verify(int status, String... more) throws IOException {
    return job(status, List.of("verify", "--json", "--input", archive.toString()), more);
  }

  private JsonNode restore(int status) throws IOException {
    return job(
        status,
        List.of(
            "restore",
            "--json",
            "--input",
            archive.toString(),
            "--output",
            temp.resolve("restored").toString()));
  }

  private static JsonNode job(int status, List<String> command, String... more) throws IOException {
    List<String> args = new ArrayList<>(command);
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err() + shell.out()).isEqualTo(status);
    return new ObjectMapper().readTree(shell.out());
  }
}
