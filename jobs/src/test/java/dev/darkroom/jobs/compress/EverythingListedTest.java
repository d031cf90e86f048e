package dev.darkroom.jobs.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is listed is what the counts of a summary add up to, and what the table has rows for. */
class EverythingListedTest {
  @TempDir private Path temp;

  @Test
  void everyFileOfAMixedFolder() throws IOException {
    Path images = Files.createDirectories(temp.resolve("in/.hidden/sub")).getParent().getParent();
    Files.write(images.resolve("a.png"), TestImages.png(1));
    Files.write(images.resolve(".hidden/sub/b.png"), TestImages.png(2));
    Files.createFile(images.resolve("empty"));
    Files.writeString(images.resolve("a.txt"), "a caption");
    Files.write(images.resolve("backup.tar"), tar("x.png"));
    Files.createSymbolicLink(images.resolve("link.png"), Path.of("a.png"));
    Files.createSymbolicLink(images.resolve("broken.png"), Path.of("gone.png"));

    JsonNode first = compress(images);

    assertThat(first.get("listed").asLong()).isEqualTo(7);
    assertThat(first.get("failed").asLong()).isEqualTo(1);
    assertThat(rows())
        .extracting(row -> row.<String>getAs("relative_path"))
        .containsExactlyInAnyOrder(
            "a.png", ".hidden/sub/b.png", "empty", "a.txt", "backup.tar", "link.png", "broken.png");
    assertThat(compress(images).get("skipped").asLong()).isEqualTo(6);
  }

  @Test
  void tarsBesideOtherFilesAreFilesWithAWarning() throws IOException {
    Path images = Files.createDirectory(temp.resolve("in"));
    Files.write(images.resolve("a.png"), TestImages.png(1));
    Files.write(images.resolve("b.tar"), tar("x.png", "y.png"));

    Shell guessed = run(images);
    Shell asFiles = run(images, "--input-format=files");
    Shell asTars = run(images, "--input-format=webdataset");

    assertThat(warnings(guessed))
        .singleElement()
        .asString()
        .startsWith("darkroom: 1 of the 2 files of input '" + images + "' are tars")
        .contains("--input-format webdataset");
    assertThat(warnings(asFiles)).isEmpty();
    assertThat(warnings(asTars)).isEmpty();
    assertThat(rows())
        .extracting(row -> row.<String>getAs("relative_path"))
        .containsExactlyInAnyOrder("a.png", "b.tar", "b/x.png", "b/y.png");
  }

  @Test
  void everyMemberOfEveryTar() throws IOException {
    Path shards = Files.createDirectory(temp.resolve("in"));
    Files.write(shards.resolve("0.tar"), tar("a.png", "a.seg.png", "a.json", "d/", "a.png"));
    byte[] whole = tar("b.png", "c.png");
    int next = 512 + (TestImages.png(100).length + 511) / 512 * 512;
    Files.write(shards.resolve("1.tar"), Arrays.copyOf(whole, next + 512 + 100));

    JsonNode first = compress(shards, "--chunk=2");

    assertThat(first.get("listed").asLong()).isEqualTo(7);
    assertThat(first.get("left_out").asLong()).isEqualTo(1);
    assertThat(first.get("failures").get("UNREADABLE").asLong()).isEqualTo(2);
    List<Row> rows = rows();
    assertThat(rows).hasSize(7);
    assertThat(rows)
        .filteredOn(row -> "0.tar".equals(row.getAs("container")))
        .extracting(row -> row.<String>getAs("member") + " " + row.<Long>getAs("position"))
        .containsExactlyInAnyOrder("a.png 0", "a.seg.png 1", "a.json 2", "a.png 3");

    JsonNode second = compress(shards);

    assertThat(second.get("skipped").asLong()).isEqualTo(5);
    assertThat(second.get("skipped_failed").asLong()).isEqualTo(2);
    assertThat(rows()).hasSize(7);
  }

  @Test
  void everyRowOfATable() throws IOException {
    StructType schema =
        new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);
    Path table = temp.resolve("t.parquet");
    TestSpark.session()
        .createDataFrame(
            Stream.of(1, 2, 3, 2)
                .map(seed -> RowFactory.create("image.png", TestImages.png(seed)))
                .toList(),
            schema)
        .write()
        .parquet(table.toString());

    JsonNode first = compress(table);
    JsonNode second = compress(table);

    assertThat(first.get("listed").asLong()).isEqualTo(4);
    assertThat(first.get("duplicates").asLong()).isEqualTo(1);
    assertThat(rows()).hasSize(3);
    assertThat(second.get("skipped").asLong()).isEqualTo(3);
    assertThat(second.get("duplicates").asLong()).isEqualTo(1);
  }

  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < names.length; i++) {
        byte[] content = names[i].endsWith("/") ? new byte[0] : TestImages.png(100 + i);
        TarArchiveEntry entry = new TarArchiveEntry(names[i]);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private JsonNode compress(Path input, String... more) throws IOException {
    JsonNode summary = new ObjectMapper().readTree(run(input, more).out());
    long told =
        Stream.of("coded", "stored", "failed", "skipped", "skipped_failed", "duplicates")
            .mapToLong(count -> summary.get(count).asLong())
            .sum();
    assertThat(told).as(summary.toString()).isEqualTo(summary.get("listed").asLong());
    return summary;
  }

  private static List<String> warnings(Shell shell) {
    return shell.err().lines().filter(line -> line.startsWith("darkroom: ")).toList();
  }

  private Shell run(Path input, String... more) {
    String[] args = {
      "compress", "--json", "--input", input.toString(), "--output", temp + "/archive"
    };
    Shell shell =
        Shell.run(Stream.concat(Arrays.stream(args), Arrays.stream(more)).toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
    return shell;
  }

  private List<Row> rows() {
    return TestSpark.table(temp.resolve("archive")).collectAsList();
  }
}
