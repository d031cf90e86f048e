package dev.darkroom.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.TestSpark;
import dev.darkroom.recaption.CaptionStatus;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionTableTest {
  private static final Set<CaptionStatus> RETRIED = Set.of(CaptionStatus.FAILED);

  @TempDir private Path temp;
  private CaptionTable table;

  @BeforeEach
  void nothingIsThere() {
    table =
        CaptionTable.openOrCreateLater(TestSpark.session(), temp.resolve("captions").toString());
    assertThat(table.isThere()).isFalse();
  }

  @Test
  void theFirstRowsMakeTheTable() {
    table.insert(rows(row("a", "ok"), row("b", "failed"), row("a", "ok")), RETRIED);
    assertThat(told()).containsExactly("a ok 1", "b failed 1");
  }

  @Test
  void whatIsThereStays() {
    table.insert(rows(row("a", "ok"), row("b", "cut")), RETRIED);
    table.insert(rows(row("a", "looping"), row("b", "ok"), row("c", "failed")), RETRIED);
    assertThat(told()).containsExactly("a ok 1", "b cut 1", "c failed 1");
  }

  @Test
  void aFailureThatAnotherProgramHasToldInTheMeantimeIsReplaced() {
    table.insert(rows(row("a", "failed"), row("d", "ok")), RETRIED);
    table.insert(rows(row("a", "ok"), row("b", "ok"), row("c", "failed")), RETRIED);
    assertThat(told()).containsExactly("a ok 2", "b ok 1", "c failed 1", "d ok 1");
  }

  @Test
  void aFailureReplacesNoCaptionEvenWhereCaptionsAreToBeMadeAgain() {
    Set<CaptionStatus> all = Set.of(CaptionStatus.OK, CaptionStatus.FAILED);
    table.insert(rows(row("a", "ok"), row("b", "failed"), row("c", "ok")), RETRIED);
    table.merge(rows(row("a", "failed"), row("b", "failed"), row("c", "ok")), all);
    assertThat(told()).containsExactly("a ok 1", "b failed 2", "c ok 2");
  }

  @Test
  void columnsThatOthersHaveAddedStay() {
    table.insert(rows(row("a", "ok")), RETRIED);
    TestSpark.session()
        .sql("alter table delta.`" + temp.resolve("captions") + "` add columns (mine string)");
    TestSpark.session().sql("update delta.`" + temp.resolve("captions") + "` set mine = 'x'");
    table.insert(rows(row("b", "ok")), RETRIED);
    table.merge(rows(row("a", "ok"), row("c", "ok")), Set.of(CaptionStatus.OK));
    assertThat(told()).containsExactly("a ok 2", "b ok 1", "c ok 1");
    assertThat(table.rows().orderBy("source_path").select("mine").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("x", null, null);
  }

  private List<String> told() {
    return table.rows().orderBy("source_path").collectAsList().stream()
        .map(
            row ->
                Stream.of("source_path", "status", "attempt")
                    .map(column -> row.getAs(column).toString())
                    .reduce((left, right) -> left + " " + right)
                    .orElseThrow())
        .toList();
  }

  private static Dataset<Row> rows(Row... rows) {
    return TestSpark.session().createDataFrame(List.of(rows), CaptionColumn.schema());
  }

  private static Row row(String path, String status) {
    Map<CaptionColumn, Object> values = new EnumMap<>(CaptionColumn.class);
    for (CaptionColumn column : CaptionColumn.values()) {
      if (!column.type().nullable()) {
        values.put(
            column,
            switch (column.type().data().typeName()) {
              case "string" -> "-";
              case "integer" -> 1;
              case "long" -> 0L;
              case "boolean" -> false;
              default -> new Timestamp(0);
            });
      }
    }
    values.put(CaptionColumn.SOURCE_PATH, path);
    values.put(CaptionColumn.KEY, "key of " + path);
    values.put(CaptionColumn.STATUS, status);
    return RowFactory.create(Arrays.stream(CaptionColumn.values()).map(values::get).toArray());
  }
}
