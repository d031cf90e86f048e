package dev.darkroom.jobs.nouns;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.report.Console;
import dev.darkroom.jobs.report.Progress;
import dev.darkroom.jobs.source.TextTable;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * The captions of the input.
 *
 * @param rows with columns {@code dataset}, {@code column} and {@code caption}
 * @param total how many rows there are
 * @param passed how many of them have been looked at
 */
record Captions(Dataset<Row> rows, long total, LongAccumulator passed) {
  private static final String NO_GROUP = "(null)";

  /**
   * Finds them.
   *
   * @throws UserException where there is no such table or column, or no row
   */
  static Captions of(SparkSession spark, NounsOptions options) {
    TextTable table = TextTable.open(spark, "input", options.input());
    Column dataset =
        options
            .groupBy()
            .map(name -> coalesce(table.column(name).cast("string"), lit(NO_GROUP)))
            .orElseGet(() -> lit(new Path(options.input()).getName()));
    List<Column> pairs =
        options.columns().stream()
            .map(name -> struct(lit(name).as("column"), table.text(name).as("caption")))
            .toList();
    long total = table.rows().count() * pairs.size();
    if (total == 0) {
      throw new UserException(
          "input '%s' has no rows, and so nothing to count".formatted(options.input()));
    }
    LongAccumulator passed = spark.sparkContext().longAccumulator("captions looked at");
    Dataset<Row> rows =
        table
            .rows()
            .select(dataset.as("dataset"), explode(array(pairs.toArray(Column[]::new))).as("pair"))
            .select("dataset", "pair.column", "pair.caption");
    return new Captions(Counted.rows(rows, passed), total, passed);
  }

  /** Begins to tell how many have been looked at. */
  Progress progress(Console console) {
    return console.progress("captions", "counted", total, passed::value);
  }
}
