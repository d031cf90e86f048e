package dev.darkroom.jobs.compress;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressJobTest {
  @TempDir private Path temp;

  private Path images;
  private Path archive;

  @BeforeEach
  void folders() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    archive = temp.resolve("archive");
  }

  @Test
  void everyFileBecomesOneRow() throws IOException {
    Files.createDirectory(images.resolve("sub"));
    Files.write(images.resolve("a.png"), TestImages.png(1));
    Files.write(images.resolve("sub/b.bmp"), TestImages.file("bmp", 2));
    Files.write(images.resolve("sub/c.jpg"), TestImages.file("jpg", 3));
    Files.writeString(images.resolve("d.png"), "not an image");
    Files.write(images.resolve("e.png"), new byte[0]);

    JsonNode summary = compress();

    assertThat(summary.get("listed").asLong()).isEqualTo(5);
    assertThat(summary.get("coded").asLong()).isEqualTo(2);
    assertThat(summary.get("stored").asLong()).isEqualTo(3);
    assertThat(summary.get("no_images").asLong()).isEqualTo(2);
    assertThat(summary.get("warnings")).isEmpty();
    assertThat(summary.get("failed").asLong()).isZero();
    assertThat(summary.get("unaccounted").asLong()).isZero();
    assertThat(summary.get("bpsp").asDouble()).isPositive();
    List<Row> rows = rows();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("relative_path"))
        .containsExactly("a.png", "d.png", "e.png", "sub/b.bmp", "sub/c.jpg");
    Row png = rows.get(0);
    assertThat(png.<String>getAs("source_path")).isEqualTo("file:" + images + "/a.png");
    assertThat(png.<Long>getAs("file_size")).isEqualTo(Files.size(images.resolve("a.png")));
    assertThat(png.<String>getAs("file_sha256")).isEqualTo(Sha256.of(TestImages.png(1)).toHex());
    assertThat(png.<Integer>getAs("width")).isEqualTo(48);
    assertThat(png.<Integer>getAs("height")).isEqualTo(40);
    assertThat(png.<Integer>getAs("channels")).isEqualTo(3);
    assertThat(png.<Integer>getAs("bit_depth")).isEqualTo(8);
    assertThat(png.<String>getAs("source_format")).isEqualTo("png");
    assertThat(png.<String>getAs("codec")).isEqualTo("iflow");
    assertThat(png.<String>getAs("profile")).isEqualTo("fast");
    assertThat(png.<Integer>getAs("format_version")).isPositive();
    assertThat(png.<byte[]>getAs("payload")).hasSize(png.<Long>getAs("payload_size").intValue());
    assertThat(png.<Long>getAs("payload_size")).isLessThan(png.<Long>getAs("file_size"));
    assertThat(png.<String>getAs("fidelity")).isEqualTo("file");
    Row text = rows.get(1);
    assertThat(text.<String>getAs("status")).isEqualTo("stored");
    assertThat(text.<String>getAs("error_type")).isEqualTo("NOT_AN_IMAGE");
    assertThat(text.<String>getAs("error_message")).isNotBlank();
    assertThat(text.<byte[]>getAs("payload")).asString().isEqualTo("not an image");
    assertThat(rows.get(4).<String>getAs("status")).isEqualTo("stored");
  }

  @Test
  void runningAgainAddsWhatIsNewOrChangedAlone() throws IOException {
    TestImages.write(images, 3);
    Files.write(images.resolve("bad.png"), new byte[100_000]);
    compress("--max-bytes=50000");
    List<Row> first = rows();

    JsonNode again = compress("--max-bytes=50000");
    assertThat(again.get("skipped").asLong()).isEqualTo(3);
    assertThat(again.get("skipped_failed").asLong()).isEqualTo(1);
    assertThat(rows()).isEqualTo(first);
    assertThat(versions()).isEqualTo(2);

    // Touched, changed, new.
    Files.setLastModifiedTime(images.resolve("00.png"), FileTime.fromMillis(1_000_000));
    Files.write(images.resolve("01.png"), TestImages.png(77));
    Files.write(images.resolve("03.png"), TestImages.png(3));
    JsonNode changed = compress("--max-bytes=50000");

    assertThat(changed.get("coded").asLong()).isEqualTo(2);
    assertThat(changed.get("skipped").asLong()).isEqualTo(2);
    assertThat(names())
        .containsExactly("00.png", "01.png", "01.png", "02.png", "03.png", "bad.png");
    assertThat(rows().get(0).getTimestamp(rows().get(0).fieldIndex("modification_time")).getTime())
        .isEqualTo(1_000_000);
    assertThat(compress("--max-bytes=50000").get("coded").asLong()).isZero();
  }

  @Test
  void failuresAreTriedAgainWhenToldOrWhenTheFileHasChanged() throws IOException {
    Files.write(images.resolve("big.png"), TestImages.png(1));
    Files.write(images.resolve("bad.png"), new byte[100_000]);
    assertThat(compress("--max-bytes=100").get("failures").get("TOO_LARGE").asLong()).isEqualTo(2);
    assertThat(rows().get(1).<String>getAs("file_sha256")).isNull();

    assertThat(compress().get("skipped_failed").asLong()).isEqualTo(2);

    JsonNode retried = compress("--retry-failed", "--max-bytes=50000");
    assertThat(retried.get("coded").asLong()).isEqualTo(1);
    assertThat(retried.get("failed").asLong()).isEqualTo(1);
    assertThat(names()).containsExactly("bad.png", "big.png");

    Files.write(images.resolve("bad.png"), TestImages.png(2));
    assertThat(compress().get("coded").asLong()).isEqualTo(1);
    assertThat(names()).containsExactly("bad.png", "big.png");
    assertThat(rows()).allMatch(row -> row.<String>getAs("status").equals("ok"));
  }

  @Test
  void aLimitOnPixelsLosesNoRow() throws IOException {
    Files.write(images.resolve("a.png"), TestImages.png(1));

    JsonNode summary = compress("--max-pixels=100");

    assertThat(summary.get("stored").asLong()).isEqualTo(1);
    assertThat(summary.get("warnings").get("TOO_LARGE").asLong()).isEqualTo(1);
    assertThat(rows().get(0).<String>getAs("error_message")).contains("48 x 40");
  }

  @Test
  void everyStoredFileHasOneReason() throws IOException {
    Files.writeString(images.resolve("a.txt"), "a text");
    Files.write(images.resolve("b.jpg"), TestImages.file("jpg", 3));
    ImageIO.write(
        new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY),
        "png",
        images.resolve("c.png").toFile());
    Files.write(images.resolve("d.gif"), animation());
    byte[] cut = TestImages.png(4);
    Files.write(images.resolve("e.png"), Arrays.copyOf(cut, cut.length / 2));
    Files.write(images.resolve("f.png"), TestImages.png(5));

    JsonNode summary = compress();

    assertThat(summary.get("coded").asLong()).isEqualTo(1);
    assertThat(summary.get("stored").asLong()).isEqualTo(5);
    assertThat(summary.get("no_images").asLong()).isEqualTo(1);
    JsonNode reasons = summary.get("stored_because");
    assertThat(reasons.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("no_image", "lossy", "would_not_shrink", "not_one_raster", "warning");
    assertThat(reasons).allSatisfy(count -> assertThat(count.asLong()).isEqualTo(1));
    Shell shell =
        Shell.run(
            "compress",
            "--no-resume",
            "--input",
            images.toString(),
            "--output",
            archive.toString());
    assertThat(shell.out())
        .contains("    no images: 1")
        .contains("    lossy: 1 (")
        .contains("    would not shrink: 1 (")
        .contains("    not one raster: 1 (")
        .contains("    with a warning: 1 (")
        .doesNotContain("images/s");
  }

  /** A GIF of two pictures. */
  private static byte[] animation() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int shade = 0; shade < 2; shade++) {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(3, 3, 0xFF << 8 * shade);
        writer.writeToSequence(new IIOImage(picture, null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  @Test
  void withoutResumeEverythingIsCodedAnewInItsPlace() throws IOException {
    TestImages.write(images, 2);
    compress();
    Row before = rows().get(0);

    assertThat(compress("--no-resume", "--fidelity=pixels").get("coded").asLong()).isEqualTo(2);

    assertThat(names()).containsExactly("00.png", "01.png");
    assertThat(rows().get(0).<String>getAs("fidelity")).isEqualTo("pixels");
    assertThat(rows().get(0).<java.sql.Timestamp>getAs("archived_at"))
        .isAfter(before.<java.sql.Timestamp>getAs("archived_at"));
  }

  @Test
  void eachChunkIsOneTransaction() throws IOException {
    TestImages.write(images, 5);

    compress("--chunk=2");

    assertThat(names()).hasSize(5);
    assertThat(versions()).isEqualTo(4);
  }

  @Test
  void tablesAreSourcesToo() throws IOException {
    TestImages.write(images, 3);
    Path parquet = temp.resolve("table.parquet");
    TestSpark.session()
        .read()
        .format("binaryFile")
        .load(images.toString())
        .write()
        .parquet(parquet.toString());
    Path delta = temp.resolve("delta");
    TestSpark.session()
        .read()
        .parquet(parquet.toString())
        .select(col("path").as("name"), col("content").as("file"))
        .union(TestSpark.session().sql("select null, null"))
        .write()
        .format("delta")
        .save(delta.toString());

    images = parquet;
    assertThat(compress().get("coded").asLong()).isEqualTo(3);
    assertThat(compress().get("skipped").asLong()).isEqualTo(3);
    assertThat(rows()).allMatch(row -> row.getAs("modification_time") != null);

    images = delta;
    JsonNode fromDelta = compress("--path-column=name", "--bytes-column=file");
    assertThat(fromDelta.get("skipped").asLong()).isEqualTo(3);
    assertThat(fromDelta.get("failed").asLong()).as("neither path nor bytes").isEqualTo(1);
    assertThat(rows()).hasSize(4);

    Shell wrong =
        Shell.run("compress", "--input", delta.toString(), "--output", archive.toString());
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("has no column 'path' (it has name, file)");
  }

  @Test
  void aFileThatCannotBeReadIsARow() throws IOException {
    TestImages.write(images, 1);
    Files.createSymbolicLink(images.resolve("loop.png"), images.resolve("loop.png"));
    Files.createSymbolicLink(images.resolve("dangling.png"), temp.resolve("nowhere"));

    JsonNode summary = compress();

    assertThat(summary.get("coded").asLong()).isEqualTo(1);
    assertThat(names()).contains("00.png");
  }

  @Test
  void theSummaryIsShownAndKept() throws IOException {
    TestImages.write(images, 1);

    Shell shell =
        Shell.run("compress", "--input", images.toString(), "--output", archive.toString());

    assertThat(shell.status()).isZero();
    assertThat(shell.out()).contains("coded      1").contains("files/s").contains("bpsp");
    Path kept = temp.resolve("archive.compress.json");
    assertThat(new ObjectMapper().readTree(kept.toFile()).get("coded").asLong()).isEqualTo(1);
    assertThat(temp.resolve(".archive.compress.json.crc")).doesNotExist();
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
    return new ObjectMapper().readTree(shell.out());
  }

  private List<Row> rows() {
    return TestSpark.table(archive).orderBy("relative_path", "archived_at").collectAsList();
  }

  private List<String> names() {
    return rows().stream().map(row -> row.<String>getAs("relative_path")).toList();
  }

  /** How many transactions the table has seen; its making is one. */
  private long versions() throws IOException {
    try (Stream<Path> log = Files.list(archive.resolve("_delta_log"))) {
      return log.filter(
              file -> file.toString().endsWith("0.json") || file.toString().matches(".*\\d\\.json"))
          .count();
    }
  }
}
