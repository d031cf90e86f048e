package dev.darkroom.jobs.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.UserException;
import dev.darkroom.recaption.selection.Alignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectJobTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("id int, domain string, caption string");

  @TempDir private Path temp;

  @Test
  void thePlantedDomainIsFoundAgain() throws IOException {
    Path input = write("captions", PlantedCaptions.mixed(1000, 1), 3);
    Path wanted = Files.write(temp.resolve("wanted.txt"), PlantedCaptions.ofTarget(30, 2));

    JsonNode summary = select(input, "found", "--target=" + wanted, "--keep=0.1");

    List<Row> found = TestSpark.table(temp.resolve("found")).collectAsList();
    long right = found.stream().filter(row -> row.getString(1).equals("x-ray")).count();
    assertThat(found).hasSize(100);
    assertThat(right).as("all 100 by measurement").isGreaterThanOrEqualTo(95);
    assertThat(summary.get("rows").asLong()).isEqualTo(1000);
    assertThat(summary.get("kept").asLong()).isEqualTo(100);
    assertThat(summary.get("targets").asInt()).isEqualTo(30);
    assertThat(summary.get("best_alignment").asDouble())
        .isGreaterThan(summary.get("least_alignment").asDouble());
    assertThat(summary.get("least_alignment").asDouble())
        .isGreaterThan(summary.get("mean_alignment").asDouble());
    try (Alignment alignment = new Alignment(Files.readAllLines(wanted))) {
      for (Row row : found) {
        assertThat(row.<Double>getAs("alignment"))
            .isCloseTo(alignment.of(row.getString(2)), within(1e-12));
      }
    }
  }

  @Test
  void partitionsDoNotShow() throws IOException {
    List<Row> rows = new ArrayList<>(PlantedCaptions.mixed(120, 3));
    rows.addAll(PlantedCaptions.mixed(120, 3)); // ids and texts again: ties
    for (int i = 0; i < 40; i++) {
      rows.add(RowFactory.create(1000 + i, "tie", "the same caption of all"));
    }
    List<List<Row>> results = new ArrayList<>();
    for (int partitions : new int[] {1, 3, 8}) {
      Path input = write("in" + partitions, rows, partitions);
      select(input, "out" + partitions, "--target=the same caption of some", "--keep=20");
      results.add(TestSpark.table(temp.resolve("out" + partitions)).orderBy("id").collectAsList());
    }

    assertThat(results.get(0)).hasSize(20).allMatch(row -> row.getString(1).equals("tie"));
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  @Test
  void rowsWithoutTextAreCountedAndNeverKept() throws IOException {
    Path input =
        write(
            "captions",
            List.of(
                RowFactory.create(1, "x", "a cat"),
                RowFactory.create(2, "x", null),
                RowFactory.create(3, "x", " \n"),
                RowFactory.create(4, "x", "a dog")),
            2);

    JsonNode summary = select(input, "out", "--target=a cat on a mat", "--keep=1.0");

    assertThat(summary.get("without_text").asLong()).isEqualTo(2);
    assertThat(TestSpark.table(temp.resolve("out")).select("id").collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactlyInAnyOrder(1, 4);
    Path empty = write("empty", List.of(RowFactory.create(2, "x", null)), 1);
    assertRefused(
        "holds no text",
        "--input=" + empty,
        "--target=a cat",
        "--keep=1",
        "--output=" + temp.resolve("none"));
    assertThat(temp.resolve("none")).doesNotExist();
  }

  @Test
  void targetsOfATableAreDrawnWithASeed() {
    Path many = write("many", PlantedCaptions.mixed(200, 9), 5);
    Path fewer = write("fewer", PlantedCaptions.mixed(200, 9), 1);

    Targets targets = targets(many, "caption", 7, 1);

    assertThat(targets.texts()).hasSize(7).doesNotHaveDuplicates();
    assertThat(targets.there()).isBetween(100L, 200L);
    assertThat(targets(fewer, "caption", 7, 1)).isEqualTo(targets);
    assertThat(targets(fewer, "caption", 7, 2).texts()).isNotEqualTo(targets.texts());
    assertThat(targets(fewer, "domain", 100, 2).texts())
        .containsExactlyInAnyOrder("x-ray", "shop", "travel", "food", "animal");
    assertThatThrownBy(() -> targets(many, "nothing", 7, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("target '")
        .hasMessageContaining("has no column 'nothing'; it has id, domain, caption");
    assertThatThrownBy(() -> targets(Path.of("no/where"), "caption", 7, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("looks like a path");
  }

  private static Targets targets(Path target, String column, int most, long seed) {
    return Targets.read(
        TestSpark.session(),
        new SelectOptions(
            "", "", target.toString(), column, most, seed, Keep.parse("1"), "", "", false));
  }

  @Test
  void whatIsThereIsReplacedOnlyWhenAsked() throws IOException {
    Path input = write("captions", PlantedCaptions.mixed(20, 1), 1);
    select(input, "out", "--target=a cat", "--keep=5");

    assertRefused("say --overwrite", "--input=" + input, "--target=a cat", "--keep=6");
    assertThat(TestSpark.table(temp.resolve("out")).count()).isEqualTo(5);
    select(input, "out", "--target=a cat", "--keep=6", "--overwrite", "--score-column=fit");
    assertThat(TestSpark.table(temp.resolve("out")).columns()).contains("fit");
    assertThat(TestSpark.table(temp.resolve("out")).count()).isEqualTo(6);

    Files.createDirectories(temp.resolve("mine"));
    Files.writeString(temp.resolve("mine/precious"), "mine");
    Shell shell =
        Shell.run(
            "select",
            "--input=" + input,
            "--target=a",
            "--keep=1",
            "--overwrite",
            "--output=" + temp.resolve("mine"));
    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err()).contains("is no Delta table");
    assertThat(temp.resolve("mine/precious")).hasContent("mine");
    assertRefused(
        "--score-column",
        "--input=" + temp.resolve("out"),
        "--score-column=Fit",
        "--target=a cat",
        "--keep=1",
        "--output=" + temp.resolve("other"));
  }

  @Test
  void badOptionsAreNamedTogether() {
    Shell shell =
        Shell.run("select", "--keep=1.5", "--targets=0", "--column=", "--target=", "--output=o");

    assertThat(shell.status()).isEqualTo(2);
    assertThat(shell.err())
        .contains("'1.5' is neither a number of rows")
        .contains("--targets must be 1 to 100000, not 0")
        .contains("--column must not be empty")
        .contains("--target must not be empty")
        .contains("--input");
  }

  @Test
  void keepIsRowsOrAShare() {
    assertThat(Keep.parse("1").of(50)).isEqualTo(1);
    assertThat(Keep.parse("70").of(50)).isEqualTo(50);
    assertThat(Keep.parse("1.0").of(50)).isEqualTo(50);
    assertThat(Keep.parse(".25").of(50)).as("12.5 rounded").isEqualTo(13);
    assertThat(Keep.parse("0.001").of(50)).isEqualTo(1);
    Stream.of("0", "0.0", "-1", "1.01", "2e3", "ten", "", "1,000")
        .forEach(
            text ->
                assertThatThrownBy(() -> Keep.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'"));
  }

  private Path write(String name, List<Row> rows, int partitions) {
    Path path = temp.resolve(name);
    Dataset<Row> table = TestSpark.session().createDataFrame(rows, SCHEMA);
    table.repartition(partitions).write().parquet(path.toString());
    return path;
  }

  private JsonNode select(Path input, String output, String... options) throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("select", "--json", "--input=" + input, "--output=" + temp.resolve(output)));
    args.addAll(List.of(options));
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isZero();
    return new ObjectMapper().readTree(shell.out());
  }

  private void assertRefused(String reason, String... options) {
    List<String> args = new ArrayList<>(List.of("select"));
    args.addAll(List.of(options));
    if (args.stream().noneMatch(arg -> arg.startsWith("--output"))) {
      args.add("--output=" + temp.resolve("out"));
    }
    Shell shell = Shell.run(args.toArray(String[]::new));
    assertThat(shell.status()).as(shell.err()).isEqualTo(2);
    assertThat(shell.err()).contains(reason);
  }
}
