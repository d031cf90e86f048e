package dev.darkroom.jobs.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.fixtures.CaptionServer;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.report.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurationJobTest {
  @TempDir private Path temp;

  @Test
  void anyTableWithHostileCaptions() throws IOException {
    Path table = new SmallDataset(temp).table();

    JsonNode figures = report("--column=before", "--column=after", "--input=" + table);

    JsonNode before = figures.get("captions").get(0);
    assertThat(before.get("name").asText()).isEqualTo("before");
    assertThat(before.get("rows").asLong()).isEqualTo(11);
    assertThat(before.get("nulls").asLong()).isEqualTo(1);
    assertThat(before.get("not_text").asLong()).isEqualTo(1);
    assertThat(before.get("captions").asLong()).isEqualTo(9);
    JsonNode after = figures.get("captions").get(1);
    assertThat(after.get("blanks").asLong()).isEqualTo(1);
    assertThat(after.get("captions").asLong()).isEqualTo(10);
    assertThat(after.get("duplicates").get("distinct").asLong()).isEqualTo(9);
    assertThat(after.get("duplicates").get("top").get(0).get("name").asText())
        .isEqualTo("a house again.");
    assertThat(after.get("nouns").get("rarefied").get("captions").asLong()).isEqualTo(9);
    assertThat(figures.get("shifts").get(0).get("gained")).isNotEmpty();
    assertThat(figures.get("samples")).hasSize(11);
    assertThat(figures.get("samples").findValuesAsText("problem"))
        .anyMatch(problem -> problem.contains("there is no file"));
    String page = page();
    assertThat(page)
        .contains("&lt;script&gt;document.title = &#39;taken&#39;&lt;/script&gt; a dog")
        .contains("of 100,023 characters")
        .contains("data:image/jpeg;base64,")
        .doesNotContain("onerror=\"", "<script>document", "\u0000", "\u0007", "\uD83D of");
    assertThat(page.length()).as("the long caption is cut").isLessThan(1_200_000);
  }

  @Test
  void captionTableAndArchive() throws IOException {
    Path images = temp.resolve("images");
    TestImages.write(images, 5);
    Files.write(images.resolve("twin.png"), TestImages.png(0));
    Files.writeString(images.resolve("bad.png"), "no image");
    Path scenes = temp.resolve("raw");
    raw(images).write().parquet(scenes.toString());
    Path captions = temp.resolve("captions");
    try (CaptionServer server = CaptionServer.start()) {
      assertThat(
              Shell.run(
                      "recaption",
                      "--input=" + scenes,
                      "--output=" + captions,
                      "--endpoint=" + server.url())
                  .status())
          .isZero();
    }
    Path archive = temp.resolve("archive");
    assertThat(Shell.run("compress", "--input=" + images, "--output=" + archive).status()).isZero();

    JsonNode figures = report("--input=mine=" + captions, "--input=" + archive, "--threshold=2");

    assertThat(figures.get("captions").findValuesAsText("role")).containsExactly("raw", "new");
    assertThat(figures.get("captions").get(0).get("captions").asLong()).isEqualTo(7);
    assertThat(figures.get("captions").get(1).get("captions").asLong()).isEqualTo(6);
    assertThat(figures.get("captions").get(0).get("nouns").get("density").get("average").asDouble())
        .isCloseTo(1.0, within(1e-9));
    assertThat(figures.get("shifts").get(0).get("before").asText()).isEqualTo("raw captions");
    JsonNode ofArchive = figures.get("images").get(1);
    assertThat(ofArchive.get("images").asLong()).isEqualTo(7);
    assertThat(ofArchive.get("measured").asLong()).isEqualTo(6);
    assertThat(ofArchive.get("duplicates").get("repeated").asLong()).isEqualTo(1);
    assertThat(ofArchive.get("formats").get(0).get("name").asText()).isEqualTo("png");
    JsonNode outcomes = figures.get("archives").get(0).get("outcomes");
    assertThat(outcomes.get(0).get("status").asText()).isEqualTo("ok");
    assertThat(outcomes.get(0).get("images").asLong()).isEqualTo(6);
    assertThat(outcomes.get(0).get("bpsp").asDouble()).isPositive();
    assertThat(figures.get("failures").findValuesAsText("input"))
        .containsExactlyInAnyOrder("mine", "archive");
    assertThat(figures.get("inputs").get(0).get("version").asLong()).as("one commit").isZero();
    assertThat(figures.get("inputs").get(0).get("details").findValuesAsText("value"))
        .contains("pretend-llava", "detailed");
    assertThat(figures.get("samples")).hasSize(7);
    assertThat(page())
        .contains("id=\"density\"", "id=\"compression\"", "id=\"failures\"", "SAM-LLaVA (paper)");
  }

  @Test
  void anArchiveAloneShowsItsImages() throws IOException {
    Path archive = new SmallDataset(temp).archive();

    JsonNode figures = report("--input=" + archive, "--samples=4");

    assertThat(figures.get("captions")).isEmpty();
    assertThat(figures.get("samples")).hasSize(4);
    assertThat(figures.get("samples").findValuesAsText("problem"))
        .contains("", "the archive has no payload for it");
    assertThat(page()).contains("data:image/jpeg;base64,").doesNotContain("id=\"density\"");
  }

  @Test
  void thePageDoesNotDependOnPartitions() throws IOException {
    Path json = new SmallDataset(temp).table();
    Dataset<Row> rows = TestSpark.session().read().option("multiLine", true).json(json.toString());
    // Names are on the page, so both have the same.
    Path one = temp.resolve("1/table");
    Path many = temp.resolve("2/table");
    rows.coalesce(1).write().parquet(one.toString());
    rows.repartition(7).write().parquet(many.toString());
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    List<String> pages =
        Stream.of(one, many)
            .map(
                input -> {
                  run(input, clock);
                  return page().replace(input.toString(), "table");
                })
            .toList();

    assertThat(pages.get(0)).isEqualTo(pages.get(1)).contains("2026-01-02 at 03:04 UTC");
  }

  @Test
  void anotherSeedDrawsAnotherSample() throws IOException {
    Path table = new SmallDataset(temp).table();

    List<String> first = names("--input=" + table, "--column=after", "--samples=3", "--seed=1");
    List<String> other = names("--input=" + table, "--column=after", "--samples=3", "--seed=5");

    assertThat(first).hasSize(3).isNotEqualTo(other);
  }

  @Test
  void whatCantBeReportedOnIsRefused() throws IOException {
    Path table = new SmallDataset(temp).table();
    Path empty = temp.resolve("empty.json");
    Files.writeString(empty, "[]");
    Path headed = temp.resolve("headed.csv");
    Files.writeString(headed, "caption\n");

    assertRefused("does not exist", "--input=" + temp.resolve("nowhere"));
    assertRefused("has no row to report on", "--input=" + headed);
    assertRefused("no column of captions", "--input=" + table);
    assertRefused("no input has a column 'afterwards'", "--input=" + table, "--column=afterwards");
    Shell inside =
        Shell.run("report", "--input=" + temp, "--column=x", "--output=" + temp.resolve("in"));
    assertThat(inside.status()).isEqualTo(2);
    assertThat(inside.err()).contains("lies in input");
    assertThat(temp.resolve("report")).doesNotExist();
  }

  @Test
  void allBadOptionsAreReportedTogether() {
    Shell shell =
        Shell.run(
            "report",
            "--input=a=x",
            "--input=a=y",
            "--threshold=-1",
            "--samples=501",
            "--column= ",
            "--colour=red");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err())
        .contains("two inputs are named 'a'")
        .contains("--threshold must be 0 to")
        .contains("--samples must be 0 to 500, not 501")
        .contains("--column must not be empty")
        .contains("--colour=red")
        .contains("--output");
  }

  private void assertRefused(String reason, String... options) {
    Shell shell = shell(options);
    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err().lines().filter(line -> line.startsWith("darkroom: ")))
        .hasSize(1)
        .allMatch(line -> line.contains(reason));
  }

  private static Dataset<Row> raw(Path images) throws IOException {
    try (Stream<Path> files = Files.list(images)) {
      return TestSpark.session()
          .createDataFrame(
              files
                  .sorted()
                  .map(file -> RowFactory.create(file.toString(), "of some dogs"))
                  .toList(),
              new StructType()
                  .add("path", DataTypes.StringType)
                  .add("caption", DataTypes.StringType));
    }
  }

  private List<String> names(String... options) throws IOException {
    return report(options).get("samples").findValuesAsText("name");
  }

  private JsonNode report(String... options) throws IOException {
    Shell shell = shell(options);
    assertThat(shell.status()).as(shell.err()).isZero();
    return new ObjectMapper().readTree(temp.resolve("report/report.json").toFile());
  }

  private Shell shell(String... options) {
    return Shell.run(
        Stream.concat(Stream.of("report", "--output=" + temp.resolve("report")), Stream.of(options))
            .toArray(String[]::new));
  }

  private void run(Path input, Clock clock) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true);
    new CurationJob(
            new ReportOptions(
                List.of(NamedInput.of(input.toString())),
                List.of("before", "after"),
                temp.resolve("report").toString(),
                Optional.empty(),
                2,
                6,
                3,
                1 << 20,
                clock))
        .run(TestSpark.session(), new Console(nowhere, nowhere, false));
  }

  private String page() {
    try {
      return Files.readString(temp.resolve("report/index.html"));
    } catch (IOException e) {
      throw new IllegalStateException("the report has no page", e);
    }
  }
}
