package dev.darkroom.jobs.generate;

import java.util.Iterator;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** Makes a row for each prompt and each variation, one at a time. Runs on executors. */
final class PlanSamples implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Matrix matrix;
  private final String modelHash;

  PlanSamples(Matrix matrix, String modelHash) {
    this.matrix = matrix;
    this.modelHash = modelHash;
  }

  @Override
  public Iterator<Row> call(Row row) {
    Prompt prompt = new Prompt(row.getAs("prompt_set"), row.getAs("prompt"));
    return LongStream.range(0, matrix.size())
        .mapToObj(index -> PlannedSample.of(prompt, matrix.at(index), modelHash).row())
        .iterator();
  }
}
