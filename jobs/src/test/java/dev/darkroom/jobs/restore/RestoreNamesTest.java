package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row is restored, whatever others are called. */
class RestoreNamesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temp;

  @Test
  void foldersOfTheSameNamesKeepAllTheirFiles() throws Exception {
    Path first = Files.createDirectories(temp.resolve("A"));
    Path second = Files.createDirectories(temp.resolve("B"));
    Files.write(first.resolve("1.bmp"), TestImages.file("bmp", 1));
    Files.write(second.resolve("1.bmp"), TestImages.file("bmp", 2));
    Files.write(second.resolve("2.bmp"), TestImages.file("bmp", 3));
    compress(first, "--fidelity=file");
    compress(second, "--fidelity=file");

    JsonNode summary = restore("all");

    Map<String, String> listing = listing("all");
    assertThat(summary.get("restored").asLong()).isEqualTo(3);
    assertThat(summary.get("renamed").asLong()).isEqualTo(1);
    assertThat(listing.keySet()).containsExactly("file:" + second + "/1.bmp");
    String other = listing.get("file:" + second + "/1.bmp");
    assertThat(other).matches("1~[0-9a-f]{8}\\.bmp");
    assertThat(files("all")).containsExactlyInAnyOrder("1.bmp", other, "2.bmp");
    assertThat(temp.resolve("all/1.bmp")).hasSameBinaryContentAs(first.resolve("1.bmp"));
    assertThat(temp.resolve("all").resolve(other)).hasSameBinaryContentAs(second.resolve("1.bmp"));

    assertThat(restore("all").get("already_there").asLong()).isEqualTo(3);
    JsonNode part = restore("all", "--where", "source_path like '%/B/1.bmp'");
    assertThat(part.get("selected").asLong()).isEqualTo(1);
    assertThat(part.get("already_there").asLong()).isEqualTo(1);
  }

  @Test
  void aNameThatDarkroomMakesGivesWayToARealOne() throws Exception {
    Path images = Files.createDirectories(temp.resolve("images"));
    Files.write(images.resolve("a.bmp"), TestImages.file("bmp", 1));
    Files.write(images.resolve("a.bmp.png"), TestImages.png(2));
    Files.write(images.resolve("b.bmp"), TestImages.file("bmp", 3));
    compress(images, "--fidelity=pixels");

    JsonNode summary = restore("all");

    assertThat(summary.get("restored").asLong()).isEqualTo(3);
    assertThat(files("all").stream().map(name -> name.replaceAll("~[0-9a-f]{8}", "~")))
        .containsExactlyInAnyOrder("a.bmp.png", "a.bmp~.png", "b.bmp.png");
    assertThat(listing("all")).containsEntry("file:" + images + "/b.bmp", "b.bmp.png").hasSize(2);
    assertThat(ImageIO.read(temp.resolve("all/a.bmp.png").toFile()).getRGB(0, 0))
        .isEqualTo(ImageIO.read(images.resolve("a.bmp.png").toFile()).getRGB(0, 0));
  }

  @Test
  void filesGiveWayToFoldersAndHostsToEachOther() throws Exception {
    compress(
        table(
            "a",
            "a/b.png",
            "https://one.test/img/1.png",
            "https://two.test/img/1.png",
            "x".repeat(300) + ".png",
            "a~" + hash("a") + "/c.png"),
        "--fidelity=file");

    JsonNode summary = restore("all");

    assertThat(summary.get("restored").asLong()).isEqualTo(6);
    assertThat(files("all"))
        .containsExactlyInAnyOrder(
            "a/b.png",
            "a~" + hash("a") + "/c.png",
            "a~" + hash("a", 16),
            "img/1.png",
            "img/1~" + hash("https://two.test/img/1.png") + ".png",
            "x".repeat(255 - 13) + "~" + hash("x".repeat(300) + ".png") + ".png");
    assertThat(restore("all").get("already_there").asLong()).isEqualTo(6);
  }

  @Test
  void portableNamesDifferInMoreThanCase() throws Exception {
    compress(table("Case.png", "case.png", "CON.png", "\u00e9.png", "e\u0301.png"));

    assertThat(restore("asis").get("renamed").asLong()).isZero();
    assertThat(temp.resolve("asis.names.jsonl")).doesNotExist();
    JsonNode portable = restore("portable", "--names=portable");

    assertThat(portable.get("restored").asLong()).isEqualTo(5);
    assertThat(portable.get("renamed").asLong()).isEqualTo(3);
    assertThat(files("portable").stream().map(name -> name.replaceAll("~[0-9a-f]{8}", "~")))
        .contains("Case.png", "case~.png", "CON_.png");
  }

  @Test
  void allVersionsAreRestoredWhereAsked() throws Exception {
    Path images = Files.createDirectories(temp.resolve("images"));
    byte[] old = TestImages.file("bmp", 1);
    Files.write(images.resolve("a.bmp"), old);
    compress(images, "--fidelity=file");
    Files.write(images.resolve("a.bmp"), TestImages.file("bmp", 2));
    compress(images, "--fidelity=file");

    JsonNode newest = restore("newest");
    JsonNode all = restore("all", "--versions=all");

    String older = "a~" + Sha256.of(old).toHex().substring(0, 8) + ".bmp";
    assertThat(newest.get("superseded").asLong()).isEqualTo(1);
    assertThat(files("newest")).containsExactly("a.bmp");
    assertThat(all.get("restored").asLong()).isEqualTo(2);
    assertThat(files("all")).containsExactlyInAnyOrder("a.bmp", older);
    assertThat(temp.resolve("all").resolve(older)).hasBinaryContent(old);
    assertThat(temp.resolve("all/a.bmp")).hasSameBinaryContentAs(images.resolve("a.bmp"));
  }

  private Path table(String... paths) {
    List<Row> rows = new ArrayList<>();
    for (String path : paths) {
      rows.add(RowFactory.create(path, TestImages.png(rows.size())));
    }
    Path table = temp.resolve("table.parquet");
    TestSpark.session()
        .createDataFrame(
            rows,
            new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType))
        .write()
        .parquet(table.toString());
    return table;
  }

  private void compress(Path input, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "compress",
                "--input",
                input.toString(),
                "--output",
                temp.resolve("archive").toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
  }

  private JsonNode restore(String output, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "restore",
                "--json",
                "--input",
                temp.resolve("archive").toString(),
                "--output",
                temp.resolve(output).toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err() + shell.out()).isZero();
    return JSON.readTree(shell.out());
  }

  private List<String> files(String output) throws IOException {
    Path folder = temp.resolve(output);
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }

  /** Names by source path. */
  private Map<String, String> listing(String output) throws IOException {
    Map<String, String> names = new TreeMap<>();
    for (String line : Files.readAllLines(temp.resolve(output + ".names.jsonl"))) {
      JsonNode entry = JSON.readTree(line);
      assertThat(entry.get("relative_path").asText()).isNotEqualTo(entry.get("name").asText());
      assertThat(entry.get("reason").asText()).isNotEmpty();
      names.put(entry.get("source_path").asText(), entry.get("name").asText());
    }
    return names;
  }

  private static String hash(String text) {
    return hash(text, 8);
  }

  private static String hash(String text, int digits) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, digits);
  }
}
