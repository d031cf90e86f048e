package dev.darkroom.jobs.generate;

import dev.darkroom.jobs.table.GeneratedColumn;
import dev.darkroom.jobs.table.GeneratedTable;
import dev.darkroom.models.ModelIdentity;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Builds one row of {@link GeneratedColumn#schema()}; columns that are not set stay empty. */
final class GeneratedRow {
  private final Map<GeneratedColumn, Object> values = new EnumMap<>(GeneratedColumn.class);

  /** A row about a sample, made now. */
  GeneratedRow(PlannedSample sample, ModelIdentity model) {
    BatchSettings settings = sample.settings();
    set(GeneratedColumn.KEY, sample.key());
    set(GeneratedColumn.PROMPT_SET, sample.promptSet());
    set(GeneratedColumn.PROMPT, sample.prompt());
    set(GeneratedColumn.FINAL_PROMPT, sample.finalPrompt());
    set(GeneratedColumn.NEGATIVE_PROMPT, sample.negative());
    set(GeneratedColumn.SEED, sample.seed());
    set(GeneratedColumn.STEP, settings.steps());
    set(GeneratedColumn.CFG, settings.guidance());
    set(GeneratedColumn.SAMPLER, settings.samplerName());
    set(GeneratedColumn.MINORITY, settings.minority());
    set(GeneratedColumn.WIDTH, settings.size().width());
    set(GeneratedColumn.HEIGHT, settings.size().height());
    set(GeneratedColumn.MODEL_ID, model.id());
    set(GeneratedColumn.MODEL_SHA256, model.hash());
    set(GeneratedColumn.ENGINE, Provenance.engine());
    set(GeneratedColumn.ATTEMPT, 1);
    set(GeneratedColumn.GENERATED_AT, Timestamp.from(Instant.now()));
  }

  GeneratedRow set(GeneratedColumn column, Object value) {
    values.put(column, value);
    return this;
  }

  /** A row with an image. */
  Row drawn() {
    return set(GeneratedColumn.STATUS, "ok").build();
  }

  /** A row without. */
  Row failed(String type, String message) {
    return set(GeneratedColumn.STATUS, GeneratedTable.FAILED)
        .set(GeneratedColumn.ERROR_TYPE, type)
        .set(GeneratedColumn.ERROR_MESSAGE, message)
        .build();
  }

  private Row build() {
    return RowFactory.create(Arrays.stream(GeneratedColumn.values()).map(values::get).toArray());
  }
}
