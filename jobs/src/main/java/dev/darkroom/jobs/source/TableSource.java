package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.jobs.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import scala.math.BigInt;
import scala.runtime.AbstractFunction1;

/**
 * Images that already are the rows of a table: their path in one column, their bytes in another, or
 * else to be read from where the path says. A path without a scheme that is not absolute is one
 * below the folder that the table lies in.
 *
 * <p>Rows of one path are told apart by their bytes where files are wanted, see {@link TableRows}.
 * Where rows name files, those alone are read that {@link AllowedRoots} has.
 *
 * <p>A column {@code modificationTime}, as Spark's {@code binaryFile} reader gives it, is taken
 * along. Whether a row is archived already shows from the hash of its bytes. A chunk is a run of
 * the table's partitions, as many as have its images and its bytes, so that each part of the table
 * is read once.
 */
final class TableSource implements ImageSource {
  private static final String TIME_COLUMN = "modificationTime";

  /** How many rows a limited table has in a partition, where it must be cut anew. */
  private static final int LIMITED_ROWS = 64;

  private final String input;
  private final String format;
  private final TableColumns columns;
  private final Slice slice;
  private final Reading reading;
  private final Configuration hadoop;

  TableSource(
      String input,
      String format,
      TableColumns columns,
      Slice slice,
      Reading reading,
      Configuration hadoop) {
    this.input = input;
    this.format = format;
    this.columns = columns;
    this.slice = slice;
    this.reading = reading;
    this.hadoop = hadoop;
  }

  @Override
  public SourcePlan plan(SparkSession spark, Archived archived, Chunking chunking) {
    Dataset<Row> table = cut(read(spark));
    long listed = table.count();
    if (listed == 0) {
      throw new UserException(
          "input '%s' is a table without rows%s"
              .formatted(input, slice.where().isPresent() ? " that fulfil --where" : ""));
    }
    TableColumns.Resolved found = columns.resolve(table.schema(), input);
    Dataset<Row> shaped = shape(table, found);
    TableRows rows = TableRows.asTheyAre(shaped);
    if (reading == Reading.MEMBERS) {
      rows = TableRows.oneForEachImage(shaped, found.bytes().isPresent());
    }
    JavaRDD<Row> all = found.bytes().isPresent() ? rows.rows() : allowed(rows.rows());
    int partitions = all.getNumPartitions();
    long bytes = bytes(table) / partitions;
    long wanted =
        Math.min(
            Math.round((double) partitions * chunking.images() / listed),
            chunking.bytes() / Math.max(1, bytes));
    int step = (int) Math.max(1, Math.min(partitions, wanted));
    long left = listed - rows.duplicates();
    List<SourceChunk> chunks = new ArrayList<>();
    long handed = 0;
    for (int from = 0; from < partitions; from += step) {
      int to = Math.min(partitions, from + step);
      long images = left * to / partitions - handed;
      handed += images;
      chunks.add(new TableChunk(all.rdd(), from, to, images, archived));
    }
    return new SourcePlan(listed, 0, 0, rows.duplicates(), 0, chunks);
  }

  /** How many bytes the table's files have, which hardly shrink what is an image. */
  private static long bytes(Dataset<Row> table) {
    BigInt size = table.queryExecution().optimizedPlan().stats().sizeInBytes();
    return size.isValidLong() ? size.toLong() : Long.MAX_VALUE;
  }

  /** The rows, those with a problem that name what may not be read. */
  private JavaRDD<Row> allowed(JavaRDD<Row> rows) {
    AllowedRoots roots = AllowedRoots.of(columns.allowed(), folder(), hadoop);
    return rows.map(row -> allowed(row, roots));
  }

  private static Row allowed(Row row, AllowedRoots roots) {
    Object[] values = new Object[row.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i);
    }
    int type = row.fieldIndex("problem_type");
    if (values[type] == null) {
      roots
          .problem(row.getString(row.fieldIndex("source_path")))
          .ifPresent(
              problem -> {
                values[type] = problem.type().name();
                values[row.fieldIndex("problem_message")] = problem.message();
              });
    }
    return RowFactory.create(values);
  }

  private Dataset<Row> read(SparkSession spark) {
    try {
      return spark.read().format(format).load(input);
    } catch (RuntimeException e) {
      throw new UserException(
          "can't read input '%s' as %s: %s".formatted(input, format, Reason.plain(e.getMessage())),
          e);
    } catch (Exception e) {
      // Scala code throws checked exceptions without saying so.
      if (e instanceof AnalysisException) {
        throw new UserException(
            "can't read input '%s' as %s: %s"
                .formatted(input, format, Reason.plain(e.getMessage())),
            e);
      }
      throw e;
    }
  }

  private Dataset<Row> cut(Dataset<Row> table) {
    Dataset<Row> wanted = slice.where().map(sql -> Where.filter(table, sql)).orElse(table);
    if (slice.limit().isEmpty()) {
      return wanted;
    }
    int limit = (int) Math.min(Integer.MAX_VALUE, slice.limit().getAsLong());
    // A limit leaves one partition, for one task.
    return wanted.limit(limit).repartition(1 + limit / LIMITED_ROWS);
  }

  private Dataset<Row> shape(Dataset<Row> table, TableColumns.Resolved found) {
    Optional<Column> named = found.path().map(name -> column(table, name));
    boolean timed =
        Arrays.asList(table.columns()).contains(TIME_COLUMN)
            && table.schema().apply(TIME_COLUMN).dataType() instanceof TimestampType;
    Column time = timed ? table.col(TIME_COLUMN) : lit(null).cast("timestamp");
    Column caption =
        found.caption().map(name -> column(table, name)).orElse(lit(null).cast("string"));
    if (found.bytes().isPresent()) {
      Column bytes = column(table, found.bytes().get());
      Column unnamed = concat(lit(TableRows.UNNAMED), coalesce(sha2(bytes, 256), lit("empty")));
      Column path = named.map(column -> coalesce(column, unnamed)).orElse(unnamed);
      return select(
          table,
          path,
          named.orElse(lit(null).cast("string")),
          coalesce(octet_length(bytes).cast("bigint"), lit(0L)),
          time,
          bytes,
          caption,
          bytes.isNull(),
          "the row holds no image: its bytes are NULL");
    }
    Column path = named.orElseThrow();
    Column relative = path.rlike("^(?!/|[A-Za-z][A-Za-z0-9+.-]*:)");
    Column whole = when(relative, concat(lit(folder()), path)).otherwise(path);
    return select(
        table,
        coalesce(
            whole, concat(lit(TableRows.UNNAMED), monotonically_increasing_id().cast("string"))),
        path,
        lit(-1L),
        time,
        lit(null).cast("binary"),
        caption,
        path.isNull(),
        "the row names no image: its path is NULL");
  }

  private static Dataset<Row> select(
      Dataset<Row> table,
      Column path,
      Column named,
      Column size,
      Column time,
      Column content,
      Column caption,
      Column missing,
      String why) {
    return table.select(
        path.as("source_path"),
        path.as("relative_path"),
        named.as(TableRows.PATH),
        size.as("file_size"),
        time.as("modification_time"),
        content.as("content"),
        caption.as("raw_caption"),
        lit(null).cast("string").as("container"),
        lit(null).cast("string").as("member"),
        lit(null).cast("bigint").as("position"),
        when(missing, lit(SourceProblem.Type.MISSING.name())).as("problem_type"),
        when(missing, lit(why)).as("problem_message"));
  }

  /** The folder that the table lies in, with a slash at its end. */
  private String folder() {
    Path path = new Path(input);
    return path.getParent() == null ? "" : path.getParent() + "/";
  }

  /** A column, or a field of a struct; names may hold any character but a dot in a struct's. */
  private static Column column(Dataset<Row> table, String name) {
    boolean whole = Arrays.asList(table.columns()).contains(name);
    Stream<String> parts = whole ? Stream.of(name) : Arrays.stream(name.split("\\."));
    return table.col(
        parts.map(part -> "`" + part.replace("`", "``") + "`").collect(Collectors.joining(".")));
  }

  private record TableChunk(RDD<Row> all, int from, int to, long images, Archived archived)
      implements SourceChunk {
    private static final StructType LISTED =
        new StructType(
            Arrays.stream(Candidate.SCHEMA.fields())
                .filter(field -> !field.name().equals("known_sha256"))
                .map(field -> DataTypes.createStructField(field.name(), field.dataType(), true))
                .toArray(org.apache.spark.sql.types.StructField[]::new));

    @Override
    public Dataset<Row> candidates(SparkSession spark) {
      RDD<Row> part = PartitionPruningRDD.create(all, new Between(from, to));
      Dataset<Row> rows =
          spark.createDataFrame(
              JavaRDD.fromRDD(part, scala.reflect.ClassTag$.MODULE$.apply(Row.class)), LISTED);
      return archived.judge(rows);
    }

    @Override
    public Dataset<Row> among(Dataset<Row> rows) {
      Dataset<Row> mine = candidates(rows.sparkSession()).select("source_path").distinct();
      return rows.join(mine, rows.col("source_path").equalTo(mine.col("source_path")), "left_semi");
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
