package dev.darkroom.jobs.nouns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NounsJobTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("source", "string")
          .add("raw", "string")
          .add("told", "string")
          .add("size", "int");

  @TempDir private Path temp;

  @Test
  void aTableOfCaptionsBecomesDensitiesAndAHistogram() throws IOException {
    table(3);

    Shell shell = nouns("--column=raw", "--column=told", "--group-by=source", "--threshold=2");

    assertThat(shell.status()).as(shell.err()).isZero();
    List<Row> densities =
        density().filter("form = 'noun'").orderBy("dataset", "caption_column").collectAsList();
    assertThat(densities)
        .extracting(
            row ->
                "%s %s N=%d missing=%d blank=%d VN=%d DN=%d total=%d rarefied to %d"
                    .formatted(
                        row.getAs("dataset"),
                        row.getAs("caption_column"),
                        row.<Long>getAs("captions"),
                        row.<Long>getAs("missing"),
                        row.<Long>getAs("blank"),
                        row.<Long>getAs("valid_nouns"),
                        row.<Long>getAs("distinct_nouns"),
                        row.<Long>getAs("total_nouns"),
                        row.<Long>getAs("rarefied_captions")))
        .containsExactly(
            "(null) raw N=1 missing=0 blank=0 VN=0 DN=1 total=1 rarefied to 1",
            "(null) told N=1 missing=0 blank=0 VN=0 DN=2 total=2 rarefied to 1",
            "web raw N=3 missing=1 blank=1 VN=0 DN=1 total=2 rarefied to 1",
            "web told N=4 missing=0 blank=0 VN=1 DN=3 total=8 rarefied to 1");
    assertThat(words("web", "told")).containsExactly("dog 4 4", "cat 2 2", "house 2 2");
    assertThat(words("web", "raw")).containsExactly("dog 2 2");
  }

  @Test
  void theSummaryHoldsTableOne() throws IOException {
    table(2);

    Shell shell = nouns("--column=told", "--json", "--forms=noun,lemma");

    assertThat(shell.status()).as(shell.err()).isZero();
    JsonNode summary = new ObjectMapper().readTree(shell.out());
    assertThat(summary.get("rows").asLong()).isEqualTo(5);
    JsonNode noun = summary.get("densities").get(1);
    assertThat(noun.get("form").asText()).isEqualTo("noun");
    assertThat(noun.get("dataset").asText()).isEqualTo("captions");
    assertThat(noun.get("average_nouns").asDouble()).isEqualTo(2.0);
    assertThat(summary.get("densities").get(0).get("form").asText()).isEqualTo("lemma");
    assertThat(nouns("--column=told").out()).contains("VN/DN at N").contains("captions / told");
  }

  @Test
  void partitionsMakeNoDifference() throws IOException {
    List<List<Row>> results = new ArrayList<>();
    for (int partitions : new int[] {1, 5}) {
      table(partitions);
      assertThat(nouns("--column=told", "--group-by=source").status()).isZero();
      List<Row> rows = new ArrayList<>(density().drop("counted_at").collectAsList());
      rows.addAll(histogram().orderBy("dataset", "form", "word").collectAsList());
      results.add(rows);
    }
    assertThat(results.get(0)).isNotEmpty().isEqualTo(results.get(1));
  }

  @Test
  void aSecondRunReplacesTheFirst() throws IOException {
    table(2);
    assertThat(nouns("--column=told").status()).isZero();
    long first = histogram().count();
    assertThat(nouns("--column=told").status()).isZero();

    assertThat(histogram().count()).isEqualTo(first).isPositive();
  }

  @Test
  void rowsWithoutAnyCaptionAreToldOf() throws IOException {
    Path input = temp.resolve("captions");
    TestSpark.session()
        .createDataFrame(List.of(RowFactory.create("web", null, "a dog", 1)), SCHEMA)
        .write()
        .parquet(input.toString());

    Shell shell = nouns("--column=raw");

    assertThat(shell.status()).as(shell.err()).isZero();
    Row row = density().filter("form = 'noun'").head();
    assertThat(row.<Long>getAs("missing")).isEqualTo(1);
    assertThat(row.<Long>getAs("captions")).isZero();
  }

  @Test
  void whatCannotBeCountedIsRefused() throws IOException {
    table(1);

    assertThat(nouns("--column=size").err())
        .contains("column 'size'")
        .contains("holds int and not text");
    assertThat(nouns("--column=text").err()).contains("has no column 'text'; it has source, raw");
    assertThat(nouns("--column=raw", "--column=raw", "--threshold=-1", "--forms=adjective").err())
        .contains("--threshold must be 0 to")
        .contains("names a column twice")
        .contains("'adjective' is not one of noun, cased, lemma, verb");
    assertThat(nouns("--column=size").status()).isEqualTo(2);
  }

  private void table(int partitions) throws IOException {
    List<Row> rows =
        List.of(
            RowFactory.create("web", "A DOG", "A dog sits in a house", 1),
            RowFactory.create("web", null, "The dog is with a cat", 2),
            RowFactory.create("web", "my dog", "A dog and a cat", 3),
            RowFactory.create("web", " ", "The dog in the house", 4),
            RowFactory.create(null, "birds", "A bird on a tree", 5));
    TestSpark.session()
        .createDataFrame(rows, SCHEMA)
        .repartition(partitions)
        .write()
        .mode("overwrite")
        .parquet(temp.resolve("captions").toString());
  }

  private Shell nouns(String... options) {
    List<String> all = new ArrayList<>(List.of("nouns", "--input=" + temp.resolve("captions")));
    all.add("--output=" + temp.resolve("nouns"));
    all.addAll(List.of(options));
    return Shell.run(all.toArray(String[]::new));
  }

  private Dataset<Row> density() {
    return TestSpark.table(temp.resolve("nouns/density"));
  }

  private Dataset<Row> histogram() {
    return TestSpark.table(temp.resolve("nouns/histogram"));
  }

  private List<String> words(String dataset, String column) {
    return histogram()
        .filter("form = 'noun'")
        .filter("dataset = '%s' and caption_column = '%s'".formatted(dataset, column))
        .orderBy(
            org.apache.spark.sql.functions.col("occurrences").desc(),
            org.apache.spark.sql.functions.col("word"))
        .collectAsList()
        .stream()
        .map(
            row ->
                "%s %d %d"
                    .formatted(
                        row.getAs("word"),
                        row.<Long>getAs("occurrences"),
                        row.<Long>getAs("captions")))
        .toList();
  }
}
