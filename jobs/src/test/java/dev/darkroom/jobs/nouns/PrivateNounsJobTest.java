package dev.darkroom.jobs.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateNounsJobTest {
  private static final int CAPTIONS = 3000;

  @TempDir private Path temp;

  @Test
  void nounsAreEstimatedAndNothingElseIsWritten() throws IOException {
    Path captions = temp.resolve("captions.csv");
    Files.writeString(
        captions,
        IntStream.range(0, CAPTIONS)
            .mapToObj(i -> i % 3 == 0 ? "a dog and a dog" : i % 3 == 1 ? "a cat" : "a zebra")
            .collect(Collectors.joining("\n", "caption\n", "\n")));
    Path vocabulary = temp.resolve("vocabulary.txt");
    Files.writeString(
        vocabulary,
        IntStream.range(0, 40)
            .mapToObj(i -> "thing" + i)
            .collect(Collectors.joining("\n", "Dog\ncat\n\ndog\n", "\n")));

    Shell shell =
        run("--input=" + captions, "--column=caption", "--epsilon=6", "--vocabulary=" + vocabulary);

    assertThat(shell.status()).as(shell.err()).isZero();
    assertThat(shell.out()).contains("epsilon 6.0").contains("3,000 (a report of each)");
    List<Row> rows = TestSpark.table(temp.resolve("nouns/private")).collectAsList();
    assertThat(rows).hasSize(44);
    Map<String, Row> byWord =
        rows.stream().collect(Collectors.toMap(row -> row.getAs("word"), row -> row));
    Map.of("dog", 1000, "cat", 1000, "(other)", 1000, "(none)", 0, "thing7", 0)
        .forEach(
            (word, expected) -> {
              Row row = byWord.get(word);
              double deviation = row.<Double>getAs("standard_deviation");
              assertThat(row.<Double>getAs("estimated_captions"))
                  .as(word)
                  .isCloseTo(expected, within(7 * deviation));
              assertThat(deviation).isBetween(1.0, 100.0);
              assertThat(row.<Long>getAs("reports")).isEqualTo(CAPTIONS);
            });
    assertThat(temp.resolve("nouns/histogram")).doesNotExist();
    assertThat(temp.resolve("nouns/density")).doesNotExist();
  }

  @Test
  void whatCannotBeEstimatedIsRefused() throws IOException {
    Path captions = Files.writeString(temp.resolve("captions.csv"), "caption\na dog\na cat\n");
    Path vocabulary = Files.writeString(temp.resolve("vocabulary.txt"), "dog\n".repeat(3));
    Path large =
        Files.writeString(
            temp.resolve("large.txt"),
            IntStream.range(0, 500).mapToObj(i -> "n" + i).collect(Collectors.joining("\n")));
    String input = "--input=" + captions;

    assertThat(run(input, "--column=caption", "--epsilon=0").err())
        .contains("--epsilon must be 1.0E-6 to 20.0, not 0.0")
        .contains("--epsilon and --vocabulary need each other");
    assertThat(run(input, "--column=caption", "--vocabulary=" + vocabulary).status()).isEqualTo(2);
    assertThat(run(input, "--column=caption", "--epsilon=1", "--vocabulary=/nowhere").err())
        .contains("vocabulary '/nowhere' can't be read");
    assertThat(run(input, "--column=caption", "--epsilon=1", "--vocabulary=" + large).err())
        .contains("too few captions");
  }

  private Shell run(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "nouns";
    all[1] = "--output=" + temp.resolve("nouns");
    System.arraycopy(options, 0, all, 2, options.length);
    return Shell.run(all);
  }
}
