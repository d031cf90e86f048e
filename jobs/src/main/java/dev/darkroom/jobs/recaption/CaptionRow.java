package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.table.CaptionColumn;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Builds one row of {@link CaptionColumn#schema()}; columns that are not set stay empty. */
final class CaptionRow {
  private final Map<CaptionColumn, Object> values = new EnumMap<>(CaptionColumn.class);

  /** A row about a question, made now. */
  CaptionRow(Candidate candidate, Question question) {
    set(CaptionColumn.KEY, question.key());
    set(CaptionColumn.SOURCE_PATH, candidate.sourcePath());
    set(CaptionColumn.RELATIVE_PATH, candidate.relativePath());
    set(CaptionColumn.FILE_SIZE, Optional.of(candidate.size()).filter(size -> size >= 0));
    set(CaptionColumn.MODIFICATION_TIME, candidate.modified());
    set(CaptionColumn.RAW_CAPTION, candidate.caption());
    set(CaptionColumn.PROMPT_NAME, question.promptName());
    set(CaptionColumn.PROMPT, question.prompt());
    set(CaptionColumn.UNGROUNDED, question.ungrounded());
    set(CaptionColumn.SAMPLE, question.sample());
    set(CaptionColumn.SEED, question.seed());
    set(CaptionColumn.CAPTIONED_AT, Timestamp.from(Instant.now()));
  }

  CaptionRow set(CaptionColumn column, Object value) {
    values.put(column, value);
    return this;
  }

  CaptionRow set(CaptionColumn column, Optional<?> value) {
    value.ifPresent(present -> set(column, present));
    return this;
  }

  Row build() {
    return RowFactory.create(Arrays.stream(CaptionColumn.values()).map(values::get).toArray());
  }
}
