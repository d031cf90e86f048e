package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.jobs.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import scala.runtime.AbstractFunction1;

/**
 * Images that already are the rows of a table: their path in one column, their bytes in another.
 *
 * <p>A column {@code modificationTime}, as Spark's {@code binaryFile} reader gives it, is taken
 * along. Whether a row is archived already shows from the hash of its bytes. A chunk is a run of
 * the table's partitions, so that each part of the table is read once.
 */
final class TableSource implements ImageSource {
  private static final String TIME_COLUMN = "modificationTime";

  private final String input;
  private final String format;
  private final TableColumns columns;

  TableSource(String input, String format, TableColumns columns) {
    this.input = input;
    this.format = format;
    this.columns = columns;
  }

  @Override
  public SourcePlan plan(SparkSession spark, Archived archived, int chunkImages) {
    Dataset<Row> table = read(spark);
    long listed = table.count();
    if (listed == 0) {
      throw new UserException("input '" + input + "' is a table without rows");
    }
    Dataset<Row> rows = shape(table);
    JavaRDD<Row> all = rows.javaRDD();
    int partitions = all.getNumPartitions();
    long wanted = Math.max(1, Math.round((double) partitions * chunkImages / listed));
    int step = (int) Math.min(partitions, wanted);
    List<SourceChunk> chunks = new ArrayList<>();
    long handed = 0;
    for (int from = 0; from < partitions; from += step) {
      int to = Math.min(partitions, from + step);
      long images = listed * to / partitions - handed;
      handed += images;
      chunks.add(new TableChunk(all.rdd(), from, to, images, archived));
    }
    return new SourcePlan(listed, 0, 0, chunks);
  }

  private Dataset<Row> read(SparkSession spark) {
    Dataset<Row> table;
    try {
      table = spark.read().format(format).load(input);
    } catch (RuntimeException e) {
      throw new UserException(
          "can't read input '%s' as %s: %s".formatted(input, format, firstLine(e)), e);
    } catch (Exception e) {
      // Scala code throws checked exceptions without saying so.
      if (e instanceof AnalysisException) {
        throw new UserException(
            "can't read input '%s' as %s: %s".formatted(input, format, firstLine(e)), e);
      }
      throw e;
    }
    require(table, columns.path(), StringType.class, "--path-column");
    require(table, columns.bytes(), BinaryType.class, "--bytes-column");
    return table;
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private void require(
      Dataset<Row> table, String column, Class<? extends DataType> type, String option) {
    List<String> names = Arrays.asList(table.columns());
    if (!names.contains(column)) {
      throw new UserException(
          "input '%s' has no column '%s' (it has %s); name one with %s"
              .formatted(input, column, String.join(", ", names), option));
    }
    DataType actual = table.schema().apply(column).dataType();
    if (!type.isInstance(actual)) {
      throw new UserException(
          "column '%s' of input '%s' has type %s, which does not hold what %s must"
              .formatted(column, input, actual.simpleString(), option));
    }
  }

  private Dataset<Row> shape(Dataset<Row> table) {
    Column bytes = table.col(quoted(columns.bytes()));
    Column path =
        coalesce(
            table.col(quoted(columns.path())),
            concat(lit("row-without-path/"), coalesce(sha2(bytes, 256), lit("empty"))));
    boolean timed =
        Arrays.asList(table.columns()).contains(TIME_COLUMN)
            && table.schema().apply(TIME_COLUMN).dataType() instanceof TimestampType;
    Column time = timed ? table.col(TIME_COLUMN) : lit(null).cast("timestamp");
    return table.select(
        path.as("source_path"),
        path.as("relative_path"),
        coalesce(octet_length(bytes).cast("bigint"), lit(0L)).as("file_size"),
        time.as("modification_time"),
        coalesce(bytes, lit(new byte[0])).as("content"));
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private record TableChunk(RDD<Row> all, int from, int to, long images, Archived archived)
      implements SourceChunk {

    @Override
    public Dataset<Row> candidates(SparkSession spark) {
      RDD<Row> part = PartitionPruningRDD.create(all, new Between(from, to));
      Dataset<Row> rows =
          spark.createDataFrame(
              JavaRDD.fromRDD(part, scala.reflect.ClassTag$.MODULE$.apply(Row.class)),
              Candidate.SCHEMA.apply(
                  scala.jdk.javaapi.CollectionConverters.asScala(
                          List.of(
                              "source_path",
                              "relative_path",
                              "file_size",
                              "modification_time",
                              "content"))
                      .toSet()));
      Dataset<Row> known = archived.annotate(rows);
      Column same = sha2(known.col("content"), 256).eqNullSafe(known.col("known_sha256"));
      return known
          .filter(org.apache.spark.sql.functions.not(archived.failedBefore(same)))
          .select(
              col("source_path"),
              col("relative_path"),
              col("file_size"),
              col("modification_time"),
              when(col("known_failed").eqNullSafe(lit(false)), col("known_sha256"))
                  .as("known_sha256"),
              col("content"));
    }
  }

  private static final class Between extends AbstractFunction1<Object, Object>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final int from;
    private final int to;

    Between(int from, int to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public Object apply(Object partition) {
      int index = (Integer) partition;
      return index >= from && index < to;
    }
  }
}
