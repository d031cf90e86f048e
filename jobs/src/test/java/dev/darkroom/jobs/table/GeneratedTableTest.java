package dev.darkroom.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.TestSpark;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedTableTest {
  @TempDir private Path temp;

  private GeneratedTable table;

  @Test
  void aColumnThatOthersHaveAddedSurvives() {
    String location = temp.resolve("images").toString();
    table = GeneratedTable.openOrCreateLater(TestSpark.session(), location);
    insert(row("a", "ok"), row("b", "failed"));
    TestSpark.session().sql("ALTER TABLE delta.`%s` ADD COLUMN mood STRING".formatted(location));
    DeltaTable.forPath(TestSpark.session(), location)
        .updateExpr(Map.of("mood", "concat('of ', key)"));

    insert(row("b", "failed"), row("c", "ok"));
    assertThat(told()).containsExactly("a ok 1 of a", "b failed 2 of b", "c ok 1 null");

    insert(row("a", "ok"), row("b", "ok"), row("c", "failed"), row("d", "failed"));
    assertThat(told())
        .containsExactly("a ok 1 of a", "b ok 3 of b", "c ok 1 null", "d failed 1 null");
  }

  private List<String> told() {
    return table.rows().orderBy("key").collectAsList().stream()
        .map(
            row ->
                "%s %s %d %s"
                    .formatted(
                        row.getAs("key"),
                        row.getAs("status"),
                        row.<Integer>getAs("attempt"),
                        row.getAs("mood")))
        .toList();
  }

  private void insert(Row... rows) {
    table.insert(TestSpark.session().createDataFrame(List.of(rows), GeneratedColumn.schema()));
  }

  private static Row row(String key, String status) {
    Map<GeneratedColumn, Object> values = new EnumMap<>(GeneratedColumn.class);
    for (GeneratedColumn column : GeneratedColumn.values()) {
      if (!column.type().nullable()) {
        values.put(column, some(column.type().data()));
      }
    }
    values.put(GeneratedColumn.KEY, key);
    values.put(GeneratedColumn.STATUS, status);
    values.put(GeneratedColumn.ATTEMPT, 1);
    return RowFactory.create(Arrays.stream(GeneratedColumn.values()).map(values::get).toArray());
  }

  private static Object some(DataType type) {
    if (type.equals(DataTypes.LongType)) {
      return 1L;
    }
    if (type.equals(DataTypes.IntegerType)) {
      return 1;
    }
    if (type.equals(DataTypes.DoubleType)) {
      return 1.0;
    }
    return type.equals(DataTypes.TimestampType) ? new Timestamp(0) : "-";
  }
}
