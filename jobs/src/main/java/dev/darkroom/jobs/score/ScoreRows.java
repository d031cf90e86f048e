package dev.darkroom.jobs.score;

import dev.darkroom.jobs.scene.judging.SceneRequest;
import dev.darkroom.jobs.scene.judging.SceneVerdict;
import dev.darkroom.jobs.table.ScoreColumn;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes rows of judgements. */
final class ScoreRows {
  private ScoreRows() {}

  /** A row for each category; one without a score where there is no score. */
  static List<Row> of(String judge, Judgement judgement) {
    Map<ScoreColumn, Object> values = common(judge, judgement);
    if (judgement.scores().isEmpty()) {
      List<Category> categories = judgement.subject().categories();
      return categories.isEmpty()
          ? List.of(row(values, "", Optional.empty()))
          : categories.stream()
              .map(category -> row(values, category.id(), Optional.empty()))
              .toList();
    }
    return judgement.scores().entrySet().stream()
        .map(entry -> row(values, entry.getKey().id(), Optional.of(entry.getValue())))
        .toList();
  }

  private static Map<ScoreColumn, Object> common(String judge, Judgement judgement) {
    Subject subject = judgement.subject();
    Map<ScoreColumn, Object> values = new EnumMap<>(ScoreColumn.class);
    values.put(ScoreColumn.KEY, subject.key());
    values.put(ScoreColumn.PROMPT_SET, subject.promptSet());
    values.put(ScoreColumn.PROMPT, subject.prompt());
    subject.seed().ifPresent(seed -> values.put(ScoreColumn.SEED, seed));
    values.put(ScoreColumn.MODEL_ID, subject.model());
    values.put(ScoreColumn.JUDGE, judge);
    values.put(ScoreColumn.ASKED, judgement.asked());
    values.put(ScoreColumn.SEEN, judgement.seen());
    subject
        .request()
        .map(SceneRequest::objects)
        .ifPresent(objects -> values.put(ScoreColumn.OBJECTS, objects));
    judgement.verdict().ifPresent(verdict -> put(verdict, values));
    values.put(ScoreColumn.STATUS, judgement.status().id());
    if (!judgement.errorMessage().isEmpty()) {
      values.put(ScoreColumn.ERROR_TYPE, judgement.errorType());
      values.put(ScoreColumn.ERROR_MESSAGE, judgement.errorMessage());
    }
    return values;
  }

  private static void put(SceneVerdict verdict, Map<ScoreColumn, Object> values) {
    verdict.color().ifPresent(right -> values.put(ScoreColumn.COLOR_RIGHT, right));
    values.put(ScoreColumn.SHAPE_RIGHT, verdict.shape());
    verdict.texture().ifPresent(right -> values.put(ScoreColumn.TEXTURE_RIGHT, right));
    verdict.size().ifPresent(right -> values.put(ScoreColumn.SIZE_RIGHT, right));
    verdict.position().ifPresent(right -> values.put(ScoreColumn.POSITION_RIGHT, right));
    verdict.relation().ifPresent(right -> values.put(ScoreColumn.RELATION_RIGHT, right));
    values.put(ScoreColumn.COUNT_RIGHT, verdict.count());
    values.put(ScoreColumn.ALL_RIGHT, verdict.all());
  }

  private static Row row(Map<ScoreColumn, Object> values, String category, Optional<Double> score) {
    values.put(ScoreColumn.CATEGORY, category);
    score.ifPresent(value -> values.put(ScoreColumn.SCORE, value));
    return RowFactory.create(Arrays.stream(ScoreColumn.values()).map(values::get).toArray());
  }
}
