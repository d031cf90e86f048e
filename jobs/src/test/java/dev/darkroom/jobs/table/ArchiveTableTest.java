package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.jobs.TestSpark;
import dev.darkroom.jobs.UserException;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTableTest {
  @TempDir private Path temp;
  private ArchiveTable table;
  private int clock;

  @BeforeEach
  void anEmptyTable() {
    table = ArchiveTable.openOrCreate(TestSpark.session(), temp.resolve("archive").toString());
  }

  @Test
  void aFailureStandsBesideAGoodRowAndGoesWithTheNextGoodOne() {
    merge(good("a", "A"));
    merge(failed("a", RowAction.REPLACE));

    assertThat(told()).containsExactly("a - failed", "a A ok file");
    assertThat(newest()).containsExactly("a A ok file");
    assertThat(latest("a")).isEqualTo("A failed");

    merge(good("a", "A"));
    assertThat(told()).containsExactly("a A ok file");
    assertThat(latest("a")).isEqualTo("A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ignoreMissingFiles", "ignoreCorruptFiles"})
  void noRowsAreWrittenWhereSparkSkipsWhatItCantRead(String flag) {
    SparkSession skipping = TestSpark.session().newSession();
    skipping.conf().set("spark.sql.files." + flag, "true");

    assertThatThrownBy(() -> ArchiveTable.openOrCreate(skipping, table.location()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("spark.sql.files." + flag);
  }

  @Test
  void aFailureReplacesAFailureAlone() {
    merge(failed("a", RowAction.ADD), failed("b", RowAction.ADD));
    merge(failed("a", RowAction.ADD), good("b", "B"));
    assertThat(told()).containsExactly("a - failed", "b B ok file");
    assertThat(versions("a")).isEqualTo(2);
  }

  @Test
  void contentThatComesBackIsTheNewestAgainWhateverTheClocksSay() {
    clock = 100;
    merge(good("a", "A"));
    clock = 50;
    merge(good("a", "B"));
    assertThat(newest()).containsExactly("a B ok file");
    clock = 10;
    merge(good("a", "A"), good("b", "B"));
    assertThat(newest()).containsExactly("a A ok file", "b B ok file");
    assertThat(latest("a")).isEqualTo("A");
    assertThat(table.rows().count()).isEqualTo(3);
    assertThat(payloads()).as("payloads stay").isEqualTo(3);
  }

  @Test
  void whatIsThereAndTheNewestStaysAsItIs() {
    merge(good("a", "A"));
    merge(good("a", "A"));
    assertThat(versions("a")).isEqualTo(1);
  }

  @Test
  void touchingChangesNoOrder() {
    merge(good("a", "A"));
    merge(good("a", "B"));
    merge(row("a", "A", "stored", "file", RowAction.TOUCH));
    assertThat(newest()).containsExactly("a B ok file");
  }

  @Test
  void theFileReplacesPixelsAndNeverTheOtherWayRound() {
    merge(row("a", "A", "ok", "pixels", RowAction.ADD), row("b", "B", "stored", "pixels", add()));
    ArchiveTable.Merged merged = merge(good("a", "A"), good("b", "B"));
    assertThat(merged).isEqualTo(new ArchiveTable.Merged(0, 1));
    assertThat(told()).containsExactly("a A ok file", "b B stored pixels");

    assertThat(merge(row("a", "A", "ok", "pixels", RowAction.ADD)).recoded()).isZero();
    assertThat(told()).contains("a A ok file");
    merge(row("a", "A", "ok", "pixels", RowAction.REPLACE));
    assertThat(told()).contains("a A ok pixels");
  }

  @Test
  void duplicatesBecomeOneRowAndAreCounted() {
    ArchiveTable.Merged merged = merge(good("a", "A"), good("a", "A"), good("b", "B"));
    assertThat(merged).isEqualTo(new ArchiveTable.Merged(1, 0));
    assertThat(told()).containsExactly("a A ok file", "b B ok file");
  }

  @Test
  void aFirstRunLooksUpWhatAnotherWriterMayHaveBroughtIn() {
    merge(good("a", "A"));
    merge(good("c", "C"));
    ArchiveTable other = ArchiveTable.open(TestSpark.session(), table.location());
    IncomingRows.merge(other, rows(good("e", "E"), good("b", "B")));
    merge(good("b", "B"), good("d", "D"));
    merge(good("e", "E"));
    merge(good("a", "A"), good("d", "D"));

    assertThat(told())
        .containsExactly("a A ok file", "b B ok file", "c C ok file", "d D ok file", "e E ok file");
  }

  @Test
  void rowsAreNotAddedToATableThatHasChangedSinceItWasLookedAt() {
    JobTable raw = ArchiveTable.raw(TestSpark.session(), table.location());
    Snapshot looked = raw.snapshot();
    merge(good("a", "A"));

    assertThatThrownBy(() -> raw.append(rows(good("a", "A")), 1, looked, 1))
        .isInstanceOf(DeltaConcurrentModificationException.class);
    assertThat(told()).containsExactly("a A ok file");
  }

  @Test
  void aRowIsNotReplacedWhereItsReplacementIsLost() {
    merge(good("a", "A"), good("b", "B"));
    Dataset<Row> counted =
        rows(
            row("a", "A", "ok", "file", RowAction.REPLACE),
            row("b", "B", "ok", "file", RowAction.REPLACE));
    IncomingKeys keys = IncomingRows.keys(counted);
    List<String> before = told();

    // As when an executor is lost, and the file can't be read when the row is made again.
    Dataset<Row> madeAgain =
        rows(failed("a", RowAction.REPLACE), row("b", "B", "ok", "file", RowAction.REPLACE));
    assertThatThrownBy(() -> table.merge(madeAgain, keys))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 of 2 rows are left")
        .hasMessageContaining("run the command again");

    assertThat(told()).isEqualTo(before);
    assertThat(table.merge(counted, keys).duplicates()).isZero();
  }

  @Test
  void columnsOfOthersMayHaveAnyName() {
    merge(failed("a", RowAction.ADD), good("b", "B"), row("p", "P", "ok", "pixels", add()));
    TestSpark.session()
        .sql(
            "ALTER TABLE delta.`%s` ADD COLUMNS (path STRING, fate STRING, new_size INT, `a.b` INT)"
                .formatted(table.location()));
    DeltaTable.forPath(TestSpark.session(), table.location())
        .updateExpr(Map.of("path", "source_path", "`a.b`", "7"));

    merge(good("a", "A"), good("b", "BB"), good("p", "P"), good("c", "C"));
    merge(good("b", "B"));

    assertThat(
            table.rows().orderBy("source_path", "file_sha256").collectAsList().stream()
                .map(
                    row ->
                        row.<String>getAs("file_sha256")
                            + " "
                            + row.getAs("path")
                            + " "
                            + row.getAs("a.b"))
                .toList())
        .containsExactly("A null null", "B b 7", "BB null null", "C null null", "P p 7");
    assertThat(latest("b")).isEqualTo("B");
  }

  @Test
  void aChunkBecomesAsManyFilesAsItsBytesNeed() {
    Dataset<Row> many = rows(good("a", "A"), good("b", "B"), good("c", "C")).repartition(3);

    IncomingRows.merge(table, many);
    assertThat(table.rows().inputFiles()).hasSize(1);
    assertThat(told()).containsExactly("a A ok file", "b B ok file", "c C ok file");
  }

  @Test
  void aColumnThatOthersHaveAddedSurvives() {
    merge(failed("a", RowAction.ADD), good("b", "B"), row("p", "P", "ok", "pixels", add()));
    TestSpark.session()
        .sql("ALTER TABLE delta.`%s` ADD COLUMN mood STRING".formatted(table.location()));
    DeltaTable.forPath(TestSpark.session(), table.location())
        .updateExpr(Map.of("mood", "concat('of ', source_path)"));

    merge(good("c", "C"));
    assertThat(moods())
        .as("after an append")
        .containsExactly("a null of a", "b B of b", "c C null", "p P of p");

    merge(good("a", "A"), good("b", "BB"), good("p", "P"));
    assertThat(moods())
        .as("where rows are replaced, and others stay beside them")
        .containsExactly("a A null", "b B of b", "b BB null", "c C null", "p P of p");

    merge(good("b", "B"), row("c", "C", "ok", "file", RowAction.REPLACE));
    assertThat(moods())
        .as("where a row becomes the newest again")
        .containsExactly("a A null", "b B of b", "b BB null", "c C null", "p P of p");
    assertThat(latest("b")).isEqualTo("B");
    assertThat(payloads()).isEqualTo(5);
    assertThat(table.rows().schema().apply("mood").dataType()).isEqualTo(DataTypes.StringType);
  }

  private List<String> moods() {
    return table.rows().orderBy("source_path", "file_sha256").collectAsList().stream()
        .map(
            row ->
                row.getAs("source_path") + " " + row.getAs("file_sha256") + " " + row.getAs("mood"))
        .toList();
  }

  @Test
  void rowsFromBeforeVersionsWereNotedAreOrderedByTheirTimes() {
    clock = 5;
    Row late = RowFactory.create("a", "A", null, new Timestamp(2), "ok", "pixels");
    Row early = RowFactory.create("a", "B", null, new Timestamp(1), "ok", "pixels");
    Dataset<Row> rows =
        TestSpark.session()
            .createDataFrame(
                List.of(early, late),
                TableColumn.schema(
                    ArchiveColumn.SOURCE_PATH,
                    ArchiveColumn.FILE_SHA256,
                    ArchiveColumn.VERSION,
                    ArchiveColumn.ARCHIVED_AT,
                    ArchiveColumn.STATUS,
                    ArchiveColumn.FIDELITY));
    assertThat(newestOf(rows).collectAsList())
        .extracting(row -> row.getString(1))
        .containsExactly("A");
  }

  private static RowAction add() {
    return RowAction.ADD;
  }

  private List<String> told() {
    return tell(table.rows());
  }

  private List<String> newest() {
    return tell(newestOf(table.rows()));
  }

  private static Dataset<Row> newestOf(Dataset<Row> rows) {
    return ArchiveTable.aged(rows).filter(col(ArchiveTable.AGE).equalTo(1));
  }

  private static List<String> tell(Dataset<Row> rows) {
    return rows.orderBy("source_path", "file_sha256").collectAsList().stream()
        .map(
            row ->
                Stream.of("source_path", "file_sha256", "status", "fidelity")
                    .map(column -> row.<String>getAs(column))
                    .map(value -> value == null ? "-" : value)
                    .reduce((left, right) -> left + " " + right)
                    .orElseThrow()
                    .replace("failed file", "failed"))
        .toList();
  }

  private String latest(String path) {
    Row row =
        table
            .latest()
            .orElseThrow()
            .filter(col("source_path").equalTo(path))
            .collectAsList()
            .get(0);
    return row.<String>getAs("known_sha256")
        + (row.<Boolean>getAs("known_failed") ? " failed" : "");
  }

  private long versions(String path) {
    return table
        .rows()
        .filter(col("source_path").equalTo(path))
        .collectAsList()
        .get(0)
        .<Long>getAs("version");
  }

  private long payloads() {
    return table.rows().filter(col("payload").isNotNull()).count();
  }

  private static Dataset<Row> rows(Row... rows) {
    return TestSpark.session()
        .createDataFrame(
            List.of(rows),
            ArchiveColumn.schema().add(RowAction.COLUMN, DataTypes.StringType, false));
  }

  private ArchiveTable.Merged merge(Row... rows) {
    Dataset<Row> incoming = rows(rows).persist();
    try {
      return IncomingRows.merge(table, incoming);
    } finally {
      incoming.unpersist();
    }
  }

  private Row good(String path, String hash) {
    return row(path, hash, "ok", "file", RowAction.ADD);
  }

  private Row failed(String path, RowAction action) {
    return row(path, null, "failed", "file", action);
  }

  private Row row(String path, String hash, String status, String fidelity, RowAction action) {
    Map<ArchiveColumn, Object> values = new EnumMap<>(ArchiveColumn.class);
    values.put(ArchiveColumn.SOURCE_PATH, path);
    values.put(ArchiveColumn.RELATIVE_PATH, path);
    values.put(ArchiveColumn.FILE_SIZE, 1L);
    values.put(ArchiveColumn.FILE_SHA256, hash);
    values.put(ArchiveColumn.STATUS, status);
    values.put(ArchiveColumn.FIDELITY, fidelity);
    values.put(ArchiveColumn.ARCHIVED_AT, new Timestamp(clock));
    if (!status.equals("failed")) {
      values.put(ArchiveColumn.PAYLOAD, new byte[] {1});
    }
    List<Object> cells =
        new ArrayList<>(
            Arrays.asList(Arrays.stream(ArchiveColumn.values()).map(values::get).toArray()));
    cells.add(action.id());
    return RowFactory.create(cells.toArray());
  }
}
