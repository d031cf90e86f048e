package dev.darkroom.jobs.recaption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.jobs.Shell;
import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Runs {@code darkroom recaption} in this process, and reads what it wrote. */
record Recaptions(Path input, Path output) {
  /** A model with random weights, small enough for a test. */
  static final Path MODEL =
      Path.of("..", "recaption", "src", "test", "resources")
          .resolve("dev/darkroom/recaption/llava/wide-image")
          .toAbsolutePath()
          .normalize();

  /** Runs the job, which must not be refused; returns its summary. */
  JsonNode run(String... more) throws IOException {
    Shell shell = shell(more);
    assertThat(shell.status()).as(shell.err()).isZero();
    return new ObjectMapper().readTree(shell.out());
  }

  Shell shell(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "recaption", "--json", "--input", input.toString(), "--output", output.toString()));
    args.addAll(List.of(more));
    return Shell.run(args.toArray(String[]::new));
  }

  List<Row> rows() {
    return TestSpark.table(output).orderBy("source_path", "prompt", "sample").collectAsList();
  }

  List<String> column(String name) {
    return rows().stream().map(row -> row.<String>getAs(name)).toList();
  }

  /** How many transactions the table has seen. */
  long versions() throws IOException {
    try (Stream<Path> log = Files.list(output.resolve("_delta_log"))) {
      return log.filter(file -> file.toString().matches(".*\\d\\.json")).count();
    }
  }
}
