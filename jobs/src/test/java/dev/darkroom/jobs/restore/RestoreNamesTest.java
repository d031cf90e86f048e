package dev.darkroom.jobs.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.source.LocalPath;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void namesThatAreNoUtf8GetReadableOnesAndTheListingLeadsBack() throws Exception {
    Path images = Files.createDirectories(temp.resolve("images"));
    Map<Path, byte[]> originals = new LinkedHashMap<>();
    originals.put(raw(images, "caf%E9%20%25.bmp"), TestImages.file("bmp", 1));
    originals.put(raw(images, "caf%25E9%20%25.bmp"), TestImages.file("bmp", 2));
    originals.put(raw(images, "d%FF/%80%81.bmp"), TestImages.file("bmp", 3));
    originals.put(raw(images, "plain.bmp"), TestImages.file("bmp", 4));
    for (Map.Entry<Path, byte[]> original : originals.entrySet()) {
      writeOrSkip(original.getKey(), original.getValue());
    }
    compress(images);

    JsonNode summary = restore("all");

    assertThat(summary.get("restored").asLong()).isEqualTo(4);
    assertThat(files("all").stream().map(name -> name.replaceAll("~[0-9a-f]{8}", "~")))
        .containsExactlyInAnyOrder(
            "caf%E9 %25.bmp", "caf%E9 %.bmp", "d%FF/%80%81.bmp", "plain.bmp");
    Map<String, String> listing = new TreeMap<>();
    for (JsonNode entry : entries("all")) {
      listing.put(entry.get("source_path").asText(), entry.get("name").asText());
      assertThat(entry.get("reason").asText()).isEqualTo("not_utf8");
    }
    assertThat(listing).hasSize(2);
    for (Map.Entry<String, String> entry : listing.entrySet()) {
      Path original = LocalPath.of(entry.getKey()).orElseThrow();
      assertThat(originals).containsKey(original);
      assertThat(temp.resolve("all").resolve(entry.getValue()))
          .hasBinaryContent(originals.get(original));
    }
    assertThat(temp.resolve("all/plain.bmp")).hasBinaryContent(TestImages.file("bmp", 4));
    assertThat(temp.resolve("all/caf%E9 %.bmp")).hasBinaryContent(TestImages.file("bmp", 2));
  }

  @Test
  void namesThatReadTheSameAreToldApart() throws Exception {
    Path images = Files.createDirectories(temp.resolve("images"));
    Path latin = raw(images, "caf%E9.bmp");
    Path literal = raw(images, "caf%25E9.bmp");
    writeOrSkip(latin, TestImages.file("bmp", 1));
    writeOrSkip(literal, TestImages.file("bmp", 2));
    compress(images);

    assertThat(restore("all").get("restored").asLong()).isEqualTo(2);

    Map<Path, Path> restored = new LinkedHashMap<>();
    restored.put(literal, temp.resolve("all/caf%E9.bmp"));
    for (JsonNode entry : entries("all")) {
      restored.put(
          LocalPath.of(entry.get("source_path").asText()).orElseThrow(),
          temp.resolve("all").resolve(entry.get("name").asText()));
    }
    assertThat(files("all")).hasSize(2);
    assertThat(restored.keySet()).containsExactlyInAnyOrder(literal, latin);
    assertThat(restored.get(latin)).hasBinaryContent(TestImages.file("bmp", 1));
    assertThat(restored.get(literal)).hasBinaryContent(TestImages.file("bmp", 2));
  }

  @Test
  void namesThatAreNotSafeGetSafeOnesAndKeepTheirBytes() throws Exception {
    List<String> paths =
        List.of("../up.png", "a/../../b.png", "bad\u0000.png", "", ".", "..", "/", "a/", "./c.png");
    compress(table(paths.toArray(String[]::new)));

    JsonNode summary = restore("all");

    assertThat(summary.get("restored").asLong()).isEqualTo(paths.size());
    assertThat(summary.get("renamed").asLong()).isEqualTo(paths.size());
    Map<String, String> listing = listing("all");
    assertThat(listing.keySet()).containsExactlyInAnyOrderElementsOf(paths);
    assertThat(files("all")).containsExactlyInAnyOrderElementsOf(listing.values());
    for (int i = 0; i < paths.size(); i++) {
      assertThat(temp.resolve("all").resolve(listing.get(paths.get(i))))
          .as(paths.get(i))
          .hasBinaryContent(TestImages.png(i));
    }
    assertThat(temp.resolve("up.png")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void imagesOfOnePathInATableAreAllKept(boolean struct) throws Exception {
    String columns = struct ? "named_struct('bytes', content, 'path', path) as image" : "*";
    Path table = temp.resolve("one path.parquet");
    TestSpark.session()
        .read()
        .parquet(table("image.png", "image.png", "image.png").toString())
        .selectExpr(columns)
        .write()
        .parquet(table.toString());
    String[] named =
        struct
            ? new String[] {"--path-column=image.path", "--bytes-column=image.bytes"}
            : new String[0];

    JsonNode first = compress(table, named);
    JsonNode second = compress(table, named);
    JsonNode summary = restore("all");

    assertThat(first.get("listed").asLong()).isEqualTo(3);
    assertThat(first.get("coded").asLong() + first.get("stored").asLong()).isEqualTo(3);
    assertThat(second.get("skipped").asLong()).isEqualTo(3);
    assertThat(summary.get("restored").asLong()).isEqualTo(3);
    assertThat(summary.get("superseded").asLong()).isZero();
    Map<String, String> listing = listing("all");
    assertThat(listing).hasSize(2);
    Set<String> names = new TreeSet<>(listing.values());
    names.add("image.png");
    assertThat(files("all")).containsExactlyInAnyOrderElementsOf(names);
    Set<String> hashes = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      hashes.add(Sha256.of(TestImages.png(i)).toHex());
    }
    for (Map.Entry<String, String> entry : listing.entrySet()) {
      String hash = hashOf(temp.resolve("all").resolve(entry.getValue()));
      assertThat(entry.getKey()).isEqualTo("image.png#" + hash.substring(0, 16));
      assertThat(hashes.remove(hash)).isTrue();
    }
    assertThat(hashes).containsExactly(hashOf(temp.resolve("all/image.png")));
  }

  private static String hashOf(Path file) throws IOException {
    return Sha256.of(Files.readAllBytes(file)).toHex();
  }

  /** A file whose name is bytes, told with percent signs. */
  private static Path raw(Path folder, String encoded) {
    return Path.of(URI.create(folder.toUri() + encoded));
  }

  private static void writeOrSkip(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      Assumptions.abort("the file system takes no name that is not UTF-8: " + e);
    }
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

  private JsonNode compress(Path input, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "compress",
                "--json",
                "--input",
                input.toString(),
                "--output",
                temp.resolve("archive").toString()));
    args.addAll(List.of(more));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
    return JSON.readTree(shell.out());
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
    for (JsonNode entry : entries(output)) {
      assertThat(entry.get("relative_path").asText()).isNotEqualTo(entry.get("name").asText());
      assertThat(entry.get("reason").asText()).isNotEmpty();
      names.put(entry.get("source_path").asText(), entry.get("name").asText());
    }
    return names;
  }

  private List<JsonNode> entries(String output) throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    for (String line : Files.readAllLines(temp.resolve(output + ".names.jsonl"))) {
      entries.add(JSON.readTree(line));
    }
    return entries;
  }

  private static String hash(String text) {
    return hash(text, 8);
  }

  private static String hash(String text, int digits) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, digits);
  }
}
