package dev.darkroom.jobs.generate;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Runs {@code darkroom generate} with the model that comes along, and reads what it wrote. */
record Generations(Path prompts, Path output) {
  /** A file of prompts, one a line. */
  static Generations of(Path folder, String... prompts) throws IOException {
    Path file = folder.resolve("scenes.txt");
    Files.write(file, List.of(prompts));
    return new Generations(file, folder.resolve("images"));
  }

  Generations into(Path other) {
    return new Generations(prompts, other);
  }

  /** Runs the job in few steps; it must not be refused. Returns its summary. */
  JsonNode run(String... more) throws IOException {
    Shell shell = shell(more);
    assertThat(shell.status()).as(shell.err()).isZero();
    return new ObjectMapper().readTree(shell.out());
  }

  Shell shell(String... more) {
    List<String> args = new ArrayList<>(List.of("generate", "--json"));
    args.addAll(arguments());
    args.addAll(List.of(more));
    return Shell.run(args.toArray(String[]::new));
  }

  List<String> arguments() {
    return List.of("--prompts", prompts.toString(), "--output", output.toString(), "--steps", "4");
  }

  List<Row> rows() {
    return TestSpark.table(output)
        .orderBy("final_prompt", "negative_prompt", "seed")
        .collectAsList();
  }

  /** The files' hashes by key. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    rows().forEach(row -> hashes.put(row.getAs("key"), row.getAs("image_sha256")));
    return hashes;
  }

  /** How many transactions the table has seen. */
  long versions() throws IOException {
    try (Stream<Path> log = Files.list(output.resolve("_delta_log"))) {
      return log.filter(file -> file.toString().matches(".*\\d\\.json")).count();
    }
  }
}
