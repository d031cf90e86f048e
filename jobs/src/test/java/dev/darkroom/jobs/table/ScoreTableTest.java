package dev.darkroom.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.TestSpark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTableTest {
  @TempDir private Path temp;

  @Test
  void aJudgeThatFailsTakesNoScoreAway() {
    ScoreTable table = ScoreTable.toReplace(TestSpark.session(), temp.resolve("scores").toString());
    assertThat(table.replace(rows(row("a", "scored", 0.5), row("b", "failed", null)))).isZero();

    long kept =
        table.replace(
            rows(row("a", "failed", null), row("b", "failed", null), row("c", "scored", 1.0)));

    assertThat(kept).isEqualTo(1);
    assertThat(table.rows().orderBy("key").collectAsList())
        .extracting(row -> row.getAs("key") + " " + row.getAs("status") + " " + row.getAs("score"))
        .containsExactly("a scored 0.5", "b failed null", "c scored 1.0");

    assertThat(table.replace(rows(row("a", "scored", 0.25)))).isZero();
    assertThat(table.rows().collectAsList())
        .extracting(row -> row.<Double>getAs("score"))
        .containsExactly(0.25);
  }

  private static Dataset<Row> rows(Row... rows) {
    return TestSpark.session().createDataFrame(List.of(rows), ScoreColumn.schema());
  }

  private static Row row(String key, String status, Double score) {
    Map<ScoreColumn, Object> values = new EnumMap<>(ScoreColumn.class);
    for (ScoreColumn column : ScoreColumn.values()) {
      if (!column.type().nullable()) {
        values.put(column, "-");
      }
    }
    values.put(ScoreColumn.KEY, key);
    values.put(ScoreColumn.STATUS, status);
    values.put(ScoreColumn.SCORE, score);
    return RowFactory.create(Arrays.stream(ScoreColumn.values()).map(values::get).toArray());
  }
}
