package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestImages;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of released layouts, as those releases wrote them, and one of a release to come. */
class LayoutsTest {
  private static final Path TABLES = Path.of("src/test/resources/tables");

  @TempDir private Path temp;

  @Test
  void anArchiveOfTheFirstLayoutIsReadAndGrows() throws IOException {
    Path archive = copy("1/archive");
    Path restored = temp.resolve("restored");
    Shell verified = Shell.run("verify", "--input", archive.toString());
    assertThat(verified.status()).as(verified.err()).isZero();
    Shell shell =
        Shell.run("restore", "--input", archive.toString(), "--output", restored.toString());
    assertThat(shell.status()).as(shell.err()).isZero();
    Row stored = TestSpark.table(archive).filter("relative_path = 'c.jpg'").collectAsList().get(0);
    assertThat(Sha256.of(Files.readAllBytes(restored.resolve("c.jpg"))).toHex())
        .isEqualTo(stored.<String>getAs("file_sha256"));
    assertThat(restored.resolve("a.png")).exists();

    Path images = temp.resolve("images");
    TestImages.write(images, 2);
    Shell more =
        Shell.run("compress", "--input", images.toString(), "--output", archive.toString());

    assertThat(more.status()).as(more.err()).isZero();
    List<Row> rows =
        ArchiveTable.open(TestSpark.session(), archive.toString()).rows().collectAsList();
    assertThat(rows).hasSize(6);
    assertThat(rows).filteredOn(row -> row.getAs("version") != null).hasSize(2);
    assertThat(TestSpark.table(archive).schema().fieldNames())
        .contains(ArchiveColumn.ids().toArray(String[]::new));
    assertThat(Shell.run("verify", "--input", archive.toString()).status()).isZero();
  }

  @Test
  void captionsAndDrawnImagesOfTheFirstLayoutAreReadAndGrow() throws IOException {
    Path old = copy("1/captions");
    CaptionTable captions = CaptionTable.open(TestSpark.session(), old.toString());
    Row caption = captions.rows().filter("relative_path = 'a.png'").collectAsList().get(0);
    captions.insert(
        captions
            .rows()
            .filter("relative_path = 'a.png'")
            .withColumn("source_path", lit("file:/elsewhere/a.png")),
        Set.of());
    assertThat(captions.rows().filter("relative_path = 'a.png'").collectAsList())
        .hasSize(2)
        .allMatch(row -> row.getAs("caption").equals(caption.getAs("caption")));

    Path images = temp.resolve("generated");
    copy("1/generated", images);
    GeneratedTable drawn = GeneratedTable.open(TestSpark.session(), images.toString());
    drawn.insert(drawn.rows().withColumn("key", lit("another")));
    assertThat(drawn.rows().select("image").distinct().count()).isEqualTo(1);
    assertThat(drawn.rows().count()).isEqualTo(2);
  }

  @Test
  void scoresOfTheFirstLayoutAreReadAndReplaced() throws IOException {
    Path old = copy("1/scores");
    ScoreTable scores = ScoreTable.toReplace(TestSpark.session(), old.toString());
    List<Row> before = scores.rows().orderBy("key", "category").collectAsList();
    assertThat(before)
        .extracting(
            row -> row.getAs("key") + " " + row.getAs("category") + " " + row.getAs("status"))
        .containsExactly(
            "0000 color scored", "0000 shape scored", "0001 color no_image", "0001 shape no_image");
    assertThat(before.get(0).<Double>getAs("score")).isEqualTo(1.0);

    long kept =
        scores.replace(
            scores
                .rows()
                .withColumn("status", lit("failed"))
                .withColumn("score", lit(null).cast("double")));

    assertThat(kept).isEqualTo(2);
    assertThat(scores.rows().filter("status = 'failed'").count()).isEqualTo(2);
    assertThat(scores.rows().filter("status = 'scored'").orderBy("key", "category").collectAsList())
        .isEqualTo(before.subList(0, 2));
  }

  @Test
  void nounsOfTheFirstLayoutAreReadAndReplaced() throws IOException {
    Path old = Files.createDirectory(temp.resolve("nouns"));
    copy("1/nouns/density", old.resolve("density"));
    copy("1/nouns/histogram", old.resolve("histogram"));
    Row density =
        NounTables.toReplace(TestSpark.session(), old.toString())
            .density()
            .filter("form = 'noun'")
            .collectAsList()
            .get(0);
    assertThat(density.<Long>getAs("captions")).isEqualTo(2);
    assertThat(density.<Long>getAs("distinct_nouns")).isEqualTo(3);
    List<String> words = List.of("cat 1", "dog 2", "house 1");
    assertThat(words(old)).containsExactlyElementsOf(words);

    Path captions = temp.resolve("captions");
    TestSpark.session()
        .sql("select 'A bird on a tree' as caption union all select 'A bird'")
        .write()
        .parquet(captions.toString());
    Shell shell =
        Shell.run(
            "nouns",
            "--input=" + captions,
            "--output=" + old,
            "--column=caption",
            "--forms=noun",
            "--threshold=0");

    assertThat(shell.status()).as(shell.err()).isZero();
    assertThat(words(old)).containsExactly("bird 2", "tree 1");
    assertThat(
            TestSpark.session()
                .read()
                .format("delta")
                .option("versionAsOf", 0)
                .load(old + "/density")
                .filter("form = 'noun'")
                .collectAsList())
        .containsExactly(density);
  }

  private static List<String> words(Path nouns) {
    return TestSpark.table(nouns.resolve("histogram"))
        .filter("form = 'noun'")
        .orderBy("word")
        .collectAsList()
        .stream()
        .map(row -> row.getAs("word") + " " + row.getAs("occurrences"))
        .toList();
  }

  @Test
  void aTableOfALayoutToComeIsRefusedInOneLine() throws IOException {
    Path archive = temp.resolve("archive");
    ArchiveTable.openOrCreate(TestSpark.session(), archive.toString());
    TestSpark.table(archive)
        .withColumn(
            "mood", lit("").as("mood", new MetadataBuilder().putLong(TableLayout.MARK, 99).build()))
        .write()
        .format("delta")
        .option("mergeSchema", "true")
        .mode(SaveMode.Append)
        .save(archive.toString());
    Path images = temp.resolve("images");
    TestImages.write(images, 1);

    for (String job : List.of("compress", "verify")) {
      Shell shell =
          job.equals("verify")
              ? Shell.run(job, "--input", archive.toString())
              : Shell.run(job, "--input", images.toString(), "--output", archive.toString());
      assertThat(shell.status()).isEqualTo(2);
      assertThat(shell.err()).contains("was written by a newer release of Darkroom (layout 99");
    }
    assertThat(TestSpark.table(archive).filter(col("mood").isNotNull()).count()).isZero();
  }

  private Path copy(String table) throws IOException {
    Path target = temp.resolve("table");
    copy(table, target);
    return target;
  }

  private static void copy(String table, Path target) throws IOException {
    Path source = TABLES.resolve(table);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file)));
      }
    }
  }
}
