package dev.darkroom.jobs.score;

import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.table.GeneratedColumn;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;

/** A table of generated images, as {@code darkroom generate} writes it. */
final class GeneratedImages {
  private final List<Map<GeneratedColumn, Object>> rows = new ArrayList<>();

  /** A row without an image. */
  Map<GeneratedColumn, Object> add(String set, String prompt) {
    Map<GeneratedColumn, Object> row = new EnumMap<>(GeneratedColumn.class);
    row.put(GeneratedColumn.KEY, "%04d".formatted(rows.size()));
    row.put(GeneratedColumn.PROMPT_SET, set);
    row.put(GeneratedColumn.PROMPT, prompt);
    row.put(GeneratedColumn.FINAL_PROMPT, prompt);
    row.put(GeneratedColumn.NEGATIVE_PROMPT, "");
    row.put(GeneratedColumn.SEED, (long) rows.size());
    row.put(GeneratedColumn.STEP, 20);
    row.put(GeneratedColumn.CFG, 4.0);
    row.put(GeneratedColumn.SAMPLER, "flow_match_euler");
    row.put(GeneratedColumn.MINORITY, 0.0);
    row.put(GeneratedColumn.WIDTH, 128);
    row.put(GeneratedColumn.HEIGHT, 128);
    row.put(GeneratedColumn.MODEL_ID, "renderer");
    row.put(GeneratedColumn.MODEL_SHA256, "00");
    row.put(GeneratedColumn.ENGINE, "test");
    row.put(GeneratedColumn.ATTEMPT, 1);
    row.put(GeneratedColumn.STATUS, "ok");
    row.put(GeneratedColumn.GENERATED_AT, new Timestamp(0));
    rows.add(row);
    return row;
  }

  /** A row with an image. */
  GeneratedImages with(String set, String prompt, byte[] image) {
    add(set, prompt).put(GeneratedColumn.IMAGE, image);
    return this;
  }

  /** Writes the table. */
  void save(Path location) {
    List<Row> all =
        rows.stream()
            .map(
                row ->
                    RowFactory.create(
                        Arrays.stream(GeneratedColumn.values()).map(row::get).toArray()))
            .toList();
    TestSpark.session()
        .createDataFrame(all, GeneratedColumn.schema())
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .save(location.toString());
  }
}
