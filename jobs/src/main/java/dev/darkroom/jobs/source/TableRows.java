package dev.darkroom.jobs.source;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a table of images.
 *
 * @param rows partition by partition as the table has them
 * @param duplicates how many rows of the table are left out, as they have path and bytes of another
 */
record TableRows(JavaRDD<Row> rows, long duplicates) {
  /** The most paths that are told to every executor. */
  private static final long MOST_BROADCAST = 1_000_000;

  /** What a row's path is in the table: a column of what {@link #oneForEachImage} takes. */
  static final String PATH = "darkroom_path";

  /** What stands before the hash of an image without a path. */
  static final String UNNAMED = "row-without-path/";

  private static final String ID = "darkroom_row";
  private static final String REPEATED = "darkroom_repeated";
  private static final int HASH_DIGITS = 16;

  /** All rows of the columns of candidates. */
  static TableRows asTheyAre(Dataset<Row> shaped) {
    return new TableRows(shaped.drop(PATH).javaRDD(), 0);
  }

  /**
   * Rows of which no two have one source path. Where several rows have one, {@code #} and the first
   * 16 hex digits of the SHA-256 of their bytes follow it; of those that have the same bytes too,
   * the first stays. Bytes are read for this only where the column of paths, taken alone, has one
   * path several times.
   *
   * @param shaped the columns of candidates, and {@link #PATH}
   * @param content whether bytes are in the rows; else one path means one file
   */
  static TableRows oneForEachImage(Dataset<Row> shaped, boolean content) {
    Dataset<Row> repeated =
        shaped
            .groupBy(PATH)
            .agg(count(lit(1)).as("rows"))
            .filter("rows > 1")
            .select(col(PATH).as(REPEATED), lit(true).as("several"));
    long paths = repeated.count();
    if (paths == 0) {
      return asTheyAre(shaped);
    }
    Column hash = content ? sha2(col("content"), 256) : lit("");
    Column told =
        col("several")
            .and(hash.isNotNull())
            .and(lit(content))
            .and(not(col("source_path").startsWith(UNNAMED)));
    Dataset<Row> marked =
        shaped
            .withColumn(ID, monotonically_increasing_id())
            .join(
                paths <= MOST_BROADCAST ? broadcast(repeated) : repeated,
                col(PATH).eqNullSafe(col(REPEATED)),
                "left")
            .withColumn(
                "source_path",
                when(told, concat(col("source_path"), lit("#"), substring(hash, 1, HASH_DIGITS)))
                    .otherwise(col("source_path")));
    // Rows keep their numbers for as long as this RDD is read, and no other.
    JavaRDD<Row> numbered = marked.javaRDD();
    Dataset<Row> several =
        shaped.sparkSession().createDataFrame(numbered, marked.schema()).filter("several");
    long[] dropped = duplicates(several.select(col("source_path"), hash.as("hash"), col(ID)));
    List<String> names = List.of(marked.columns());
    int id = names.indexOf(ID);
    int[] taken = Arrays.stream(shaped.drop(PATH).columns()).mapToInt(names::indexOf).toArray();
    return new TableRows(
        numbered
            .filter(row -> Arrays.binarySearch(dropped, row.getLong(id)) < 0)
            .map(row -> RowFactory.create(Arrays.stream(taken).mapToObj(row::get).toArray())),
        dropped.length);
  }

  /** The numbers, in order, of the rows that have path and hash of one with a lower number. */
  private static long[] duplicates(Dataset<Row> images) {
    return images
        .groupBy("source_path", "hash")
        .agg(array_sort(collect_list(ID)).as("ids"))
        .filter(size(col("ids")).gt(1))
        .select(explode(slice(col("ids"), lit(2), size(col("ids")))))
        .as(Encoders.LONG())
        .collectAsList()
        .stream()
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }
}
