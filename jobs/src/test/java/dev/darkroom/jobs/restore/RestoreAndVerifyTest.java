package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageFileDecoder;
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
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreAndVerifyTest {
  @TempDir private Path temp;

  private Path images;
  private Path archive;
  private Path restored;

  @BeforeEach
  void folders() throws IOException {
    images = Files.createDirectory(temp.resolve("images"));
    archive = temp.resolve("archive");
    restored = temp.resolve("restored");
  }

  @Test
  void pixelsComeBackAsPngBelowTheSameFolders() throws Exception {
    Files.createDirectory(images.resolve("sub"));
    Files.write(images.resolve("a.png"), TestImages.png(1));
    Files.write(images.resolve("sub/b.bmp"), TestImages.file("bmp", 2));
    Files.write(images.resolve("sub/c.jpg"), TestImages.file("jpg", 3));
    compress("--fidelity=pixels");

    JsonNode summary = restore(0);

    assertThat(summary.get("restored").asLong()).isEqualTo(3);
    assertThat(files()).containsExactlyInAnyOrder("a.png", "sub/b.bmp.png", "sub/c.jpg");
    assertThat(pixels(restored.resolve("a.png"))).isEqualTo(pixels(images.resolve("a.png")));
    assertThat(pixels(restored.resolve("sub/b.bmp.png")))
        .isEqualTo(pixels(images.resolve("sub/b.bmp")));
    assertThat(restored.resolve("sub/c.jpg")).hasSameBinaryContentAs(images.resolve("sub/c.jpg"));
    assertThat(restore(0).get("already_there").asLong()).isEqualTo(3);
  }

  @Test
  void filesComeBackByteForByte() throws Exception {
    Files.write(images.resolve("a.png"), TestImages.png(1));
    Files.write(images.resolve("b.bmp"), TestImages.file("bmp", 2));
    Files.write(images.resolve("c.gif"), TestImages.file("gif", 3));
    compress("--fidelity=file");

    restore(0);

    for (String name : List.of("a.png", "b.bmp", "c.gif")) {
      assertThat(restored.resolve(name)).hasSameBinaryContentAs(images.resolve(name));
    }
  }

  @Test
  void aConditionSelectsAndABadOneIsRefused() throws Exception {
    TestImages.write(images, 3);
    compress();

    assertThat(restore(0, "--where", "relative_path = '01.png'").get("selected").asLong())
        .isEqualTo(1);
    assertThat(files()).containsExactly("01.png");
    for (String where : List.of("no_such_column = 1", "width >", "width > 100000")) {
      Shell refused =
          Shell.run(
              "restore",
              "--input",
              archive.toString(),
              "--output",
              restored.toString(),
              "--where",
              where);
      assertThat(refused.status()).isEqualTo(2);
      // What can be said before the table is opened is told with the other options, and a hint.
      assertThat(refused.complaints()).hasSize(1).allMatch(line -> line.contains(where));
    }
  }

  @Test
  void ofSeveralVersionsTheNewestIsTaken() throws Exception {
    Files.write(images.resolve("a.png"), TestImages.png(1));
    compress();
    Files.write(images.resolve("a.png"), TestImages.png(2));
    compress();

    JsonNode summary = restore(0);

    assertThat(summary.get("superseded").asLong()).isEqualTo(1);
    assertThat(pixels(restored.resolve("a.png"))).isEqualTo(pixels(images.resolve("a.png")));
  }

  @Test
  void whatIsThereIsLeftUnlessOverwritten() throws Exception {
    Files.write(images.resolve("a.png"), TestImages.png(1));
    compress();
    Files.createDirectory(restored);
    Files.writeString(restored.resolve("a.png"), "mine");

    JsonNode refused = restore(1);
    assertThat(refused.get("problems").get(0).asText()).contains("a.png").contains("--overwrite");
    assertThat(restored.resolve("a.png")).hasContent("mine");

    restore(0, "--overwrite");
    assertThat(pixels(restored.resolve("a.png"))).isEqualTo(pixels(images.resolve("a.png")));
  }

  @Test
  void noPathLeadsOutOfTheFolder() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.createDirectory(restored);
    Files.createSymbolicLink(restored.resolve("link"), outside);
    List<String> hostile =
        List.of(
            "../evil.png",
            "a/../../../evil.png",
            "C:\\..\\evil.png",
            "link/evil.png",
            "bad\u0000.png",
            "s3://bucket/../../evil.png");
    List<String> tame = List.of(temp + "/absolute.png", "s3://bucket/in/b.png", "/in/b.png");
    List<Row> rows = new ArrayList<>();
    Stream.concat(hostile.stream(), tame.stream())
        .forEach(path -> rows.add(RowFactory.create(path, TestImages.png(rows.size()))));
    images = temp.resolve("table.parquet");
    TestSpark.session()
        .createDataFrame(
            rows,
            new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType))
        .write()
        .parquet(images.toString());
    compress();

    JsonNode summary = restore(1);

    assertThat(summary.get("failed").asLong()).isEqualTo(1);
    assertThat(summary.get("problems").toString())
        .contains("link/evil.png")
        .contains("links out of the output folder");
    assertThat(summary.get("restored").asLong()).isEqualTo(hostile.size() + tame.size() - 1);
    assertThat(outside).isEmptyDirectory();
    assertThat(temp.resolve("evil.png")).doesNotExist();
    assertThat(temp.resolve("absolute.png")).doesNotExist();
    assertThat(files().stream().map(name -> name.replaceAll("~[0-9a-f]{8}", "~")))
        .containsExactlyInAnyOrder(
            "__/evil.png",
            "a/__/__/__/evil.png",
            "__/evil~.png",
            "bad_.png",
            "__/__/evil.png",
            temp.toString().substring(1) + "/absolute.png",
            "in/b.png",
            "in/b~.png");
  }

  @Test
  void damageIsNamedAndHarmsNoOtherRow() throws Exception {
    TestImages.write(images, 4);
    compress();
    String damaged =
        "concat(substring(payload, 1, length(payload) - 20), unhex('00112233445566778899'),"
            + " substring(payload, length(payload) - 9, 10))";
    DeltaTable table = DeltaTable.forPath(TestSpark.session(), archive.toString());
    table.updateExpr("relative_path = '01.png'", Map.of("payload", damaged));
    table.updateExpr("relative_path = '02.png'", Map.of("payload", "unhex('00')"));
    table.updateExpr("relative_path = '03.png'", Map.of("pixel_sha256", "repeat('0', 64)"));

    Shell verify = Shell.run("verify", "--json", "--input", archive.toString());
    JsonNode found = new ObjectMapper().readTree(verify.out());

    assertThat(verify.status()).isEqualTo(1);
    assertThat(found.get("verified").asLong()).isEqualTo(1);
    assertThat(found.get("failures").get("CORRUPT").asLong()).isEqualTo(3);
    assertThat(found.get("problems"))
        .extracting(JsonNode::asText)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("file:" + images + "/01.png: "),
            line -> assertThat(line).startsWith("file:" + images + "/02.png: "),
            line -> assertThat(line).startsWith("file:" + images + "/03.png: "));
    JsonNode summary = restore(1);
    assertThat(summary.get("failed").asLong()).isEqualTo(3);
    assertThat(files()).containsExactly("00.png");
  }

  @Test
  void rowsWithoutPayloadAreCountedAlone() throws Exception {
    TestImages.write(images, 2);
    compress();
    DeltaTable.forPath(TestSpark.session(), archive.toString())
        .updateExpr("relative_path = '01.png'", Map.of("status", "'failed'", "payload", "null"));

    Shell verify = Shell.run("verify", "--input", archive.toString());

    assertThat(verify.status()).isZero();
    assertThat(verify.out()).contains("verified   1").contains("no payload 1");
    assertThat(restore(0).get("without_payload").asLong()).isEqualTo(1);
    assertThat(files()).containsExactly("00.png");
  }

  private void compress(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("compress", "--input", images.toString(), "--output", archive.toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
  }

  private JsonNode restore(int status, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "restore",
                "--json",
                "--input",
                archive.toString(),
                "--output",
                restored.toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err() + shell.out()).isEqualTo(status);
    return new ObjectMapper().readTree(shell.out());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(restored)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> restored.relativize(file).toString())
          .toList();
    }
  }

  private static RasterImage pixels(Path file) throws Exception {
    return new ImageFileDecoder(DecodeLimits.DEFAULT).decode(Files.readAllBytes(file)).raster();
  }
}
