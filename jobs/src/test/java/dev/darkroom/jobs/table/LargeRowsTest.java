package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Row groups as Parquet's own reader finds them, of payloads of 20 MB. */
class LargeRowsTest {
  private static final long ROW_GROUP = 32L << 20;
  private static final int PAYLOAD = 20 << 20;
  private static final int SMALL_ROWS = 8;
  private static final int LARGE_ROWS = 10;

  /** What the small columns of a few rows and the pages' headers take. */
  private static final long BESIDE = 1 << 16;

  @TempDir private Path temp;

  @Test
  void noRowGroupHoldsMoreThanItsLimitAndOneRow() throws IOException {
    ArchiveTable table = table();
    merge(table, RowAction.ADD, 1, SMALL_ROWS + LARGE_ROWS);
    bounded(2);

    // The rows that are there meet those that come in.
    merge(table, RowAction.REPLACE, 2, SMALL_ROWS + LARGE_ROWS);
    bounded(2);
    assertThat(table.rows().filter(col("version").equalTo(2)).count())
        .isEqualTo(SMALL_ROWS + LARGE_ROWS);

    // Small rows are replaced, and large ones of the same files stay.
    merge(table, RowAction.REPLACE, 3, SMALL_ROWS);
    bounded(2);
    assertThat(table.rows().filter(col("version").equalTo(3)).count()).isEqualTo(SMALL_ROWS);
    assertThat(table.rows().count()).isEqualTo(SMALL_ROWS + LARGE_ROWS);
    int last = SMALL_ROWS + LARGE_ROWS - 1;
    assertThat(
            table
                .rows()
                .filter(col("source_path").equalTo(path(last)))
                .select("payload")
                .head()
                .<byte[]>getAs(0))
        .isEqualTo(payload(last, 2));
  }

  @Test
  void payloadsHaveNeitherDictionaryNorStatistics() throws IOException {
    ArchiveTable table = table();
    // Small ones: no footer has statistics of more than 4 KiB in any case.
    merge(table, RowAction.ADD, 1, SMALL_ROWS);

    assertThat(rowGroups()).isNotEmpty();
    for (BlockMetaData rowGroup : rowGroups()) {
      ColumnChunkMetaData payload = column(rowGroup, "payload");
      assertThat(payload.hasDictionaryPage()).isFalse();
      assertThat(payload.getStatistics().hasNonNullValue()).isFalse();
      assertThat(column(rowGroup, "source_path").getStatistics().hasNonNullValue()).isTrue();
    }
  }

  @Test
  void pathsAreToldApartBehindTheirCommonRoot() {
    ArchiveTable table = table();
    merge(table, RowAction.ADD, 1, SMALL_ROWS);

    List<String> statistics =
        DeltaLog.forTable(TestSpark.session(), table.location())
            .update(false, Option.empty(), Option.empty())
            .allFiles()
            .collectAsList()
            .stream()
            .map(file -> file.stats())
            .toList();
    assertThat(statistics).isNotEmpty();
    assertThat(statistics).anyMatch(json -> json.contains(path(0)));
  }

  @Test
  void readersTakeFewRowsAtOnceOfRowGroupsThatOthersMade() throws IOException {
    ArchiveTable table = table();
    StructType schema = ArchiveColumn.schema();
    TestSpark.session()
        .createDataFrame(
            IntStream.range(0, 100)
                .mapToObj(n -> row(n, new byte[] {(byte) n}, Option.empty()))
                .toList(),
            schema)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(table.location());
    assertThat(rowGroups()).anyMatch(rowGroup -> rowGroup.getRowCount() == 100);

    assertThat(largestBatch(table.rows())).as("a merge").isBetween(1, 8);
    ArchiveSnapshot snapshot = ArchiveSnapshot.of(TestSpark.session(), table.location());
    assertThat(largestBatch(snapshot.rows())).as("verify and restore").isBetween(1, 8);
  }

  private static int largestBatch(Dataset<Row> rows) {
    FileSourceScanExec scan =
        (FileSourceScanExec)
            CollectionConverters.asJava(rows.queryExecution().sparkPlan().collectLeaves().toList())
                .get(0);
    return scan.executeColumnar().toJavaRDD().map(ColumnarBatch::numRows).reduce(Math::max);
  }

  private void bounded(int leastRowGroups) throws IOException {
    List<BlockMetaData> rowGroups = rowGroups();
    assertThat(rowGroups).hasSizeGreaterThanOrEqualTo(leastRowGroups);
    assertThat(rowGroups)
        .allSatisfy(
            rowGroup ->
                assertThat(rowGroup.getTotalByteSize()).isLessThan(ROW_GROUP + PAYLOAD + BESIDE));
    assertThat(rowGroups.stream().mapToLong(BlockMetaData::getTotalByteSize).max().orElse(0))
        .as("large payloads are there")
        .isGreaterThan(PAYLOAD);
  }

  /** Those of all files that the table's newest version has. */
  private List<BlockMetaData> rowGroups() throws IOException {
    List<BlockMetaData> all = new ArrayList<>();
    for (String file : TestSpark.table(temp.resolve("archive")).inputFiles()) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file), new Configuration()))) {
        all.addAll(reader.getFooter().getBlocks());
      }
    }
    return all;
  }

  private static ColumnChunkMetaData column(BlockMetaData rowGroup, String name) {
    return rowGroup.getColumns().stream()
        .filter(column -> column.getPath().toDotString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ArchiveTable table() {
    return ArchiveTable.openOrCreate(TestSpark.session(), temp.resolve("archive").toString());
  }

  /** Merges rows of one partition: first those that are small, so that the writer expects more. */
  private static void merge(ArchiveTable table, RowAction action, int seed, int rows) {
    SparkSession spark = TestSpark.session();
    List<Integer> numbers = IntStream.range(0, rows).boxed().toList();
    Dataset<Row> incoming =
        spark
            .createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .parallelize(numbers, 1)
                    .map(n -> row(n, payload(n, seed), Option.apply(action))),
                ArchiveColumn.schema().add(RowAction.COLUMN, DataTypes.StringType, false))
            .persist(StorageLevel.DISK_ONLY());
    try {
      IncomingRows.merge(table, incoming);
    } finally {
      incoming.unpersist();
    }
  }

  private static byte[] payload(int number, int seed) {
    byte[] payload = new byte[number < SMALL_ROWS ? 1 : PAYLOAD];
    new Random(31L * seed + number).nextBytes(payload);
    return payload;
  }

  private static String path(int number) {
    return "/one/long/root/under/which/all/of/the/images/lie/%03d.tif".formatted(number);
  }

  private static Row row(int number, byte[] payload, Option<RowAction> action) {
    Map<ArchiveColumn, Object> values = new EnumMap<>(ArchiveColumn.class);
    values.put(ArchiveColumn.SOURCE_PATH, path(number));
    values.put(ArchiveColumn.RELATIVE_PATH, "%03d.tif".formatted(number));
    values.put(ArchiveColumn.FILE_SIZE, (long) payload.length);
    values.put(ArchiveColumn.FILE_SHA256, "%064d".formatted(number));
    values.put(ArchiveColumn.STATUS, "stored");
    values.put(ArchiveColumn.FIDELITY, "file");
    values.put(ArchiveColumn.ARCHIVED_AT, new Timestamp(0));
    values.put(ArchiveColumn.PAYLOAD, payload);
    Stream<Object> cells = Arrays.stream(ArchiveColumn.values()).map(values::get);
    return RowFactory.create(
        (action.isEmpty() ? cells : Stream.concat(cells, Stream.of(action.get().id()))).toArray());
  }
}
