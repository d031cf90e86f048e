package dev.darkroom.jobs.recaption;

import static org.apache.spark.sql.functions.col;

import dev.darkroom.jobs.source.SourceChunk;
import dev.darkroom.recaption.CaptionStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of a chunk that are to be captioned again, each on its own: a captioner must say the same
 * whatever else is in the batch. The rows are those with the lowest keys, which are as good as
 * drawn at random and are the same in each run.
 *
 * @param chunk where their images are
 * @param captions what the batch said, by path and key
 */
record Canary(SourceChunk chunk, Map<String, String> captions, Set<String> paths) {
  /** Chooses rows, where there are any with a caption. */
  static Optional<Canary> choose(SourceChunk chunk, Dataset<Row> captioned, int rows) {
    if (rows == 0) {
      return Optional.empty();
    }
    Map<String, String> captions = new HashMap<>();
    Set<String> paths = new HashSet<>();
    captioned
        .filter(col("status").isin(CaptionStatus.OK.id(), CaptionStatus.CUT.id()))
        .select("source_path", "key", "caption")
        .orderBy("key")
        .limit(rows)
        .collectAsList()
        .forEach(
            row -> {
              paths.add(row.getString(0));
              captions.put(id(row.getString(0), row.getString(1)), row.getString(2));
            });
    return captions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Canary(chunk, Map.copyOf(captions), Set.copyOf(paths)));
  }

  /** The candidates of the chosen images. */
  Dataset<Row> candidates(org.apache.spark.sql.SparkSession spark) {
    return chunk.candidates(spark).filter(col("source_path").isin(paths.toArray()));
  }

  /**
   * Compares.
   *
   * @param alone the same questions, and maybe more, asked one by one
   * @return one line for each caption that differs
   */
  List<String> differences(Dataset<Row> alone) {
    List<String> differences = new ArrayList<>();
    for (Row row : alone.select("source_path", "key", "caption", "error_message").collectAsList()) {
      String expected = captions.get(id(row.getString(0), row.getString(1)));
      if (expected != null && !expected.equals(row.getString(2))) {
        differences.add(
            "%s: in its batch '%s', alone '%s'"
                .formatted(
                    row.getString(0),
                    expected,
                    Objects.requireNonNullElse(row.getString(2), row.getString(3))));
      }
    }
    return List.copyOf(differences);
  }

  private static String id(String path, String key) {
    return path + '\n' + key;
  }
}
