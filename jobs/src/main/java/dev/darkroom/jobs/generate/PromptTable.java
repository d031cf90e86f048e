package dev.darkroom.jobs.generate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.source.TextTable;
import dev.darkroom.jobs.source.Where;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The prompts of the input. */
final class PromptTable {
  /** Columns that are taken for prompts where none is named, the first that is there. */
  private static final List<String> USUAL = List.of("prompt", TextTable.LINE, "caption");

  private static final String FILE_NAME = "([^/]+?)(\\.[A-Za-z0-9]+)*$";

  private PromptTable() {}

  /**
   * Prompts, with columns {@code prompt_set} and {@code prompt}.
   *
   * @throws UserException where there is no such table, column or condition
   */
  static Dataset<Row> open(SparkSession spark, GenerateOptions options) {
    String input = options.prompts();
    TextTable table = TextTable.open(spark, "prompts", input);
    Column prompt = table.text(options.column().orElseGet(() -> usual(table, input)));
    Column name =
        options
            .set()
            .map(named -> coalesce(table.column(named).cast("string"), lit("")))
            .orElseGet(() -> fileName(table, input));
    Dataset<Row> rows = table.rows();
    return options
        .where()
        .map(condition -> Where.filter(rows, condition))
        .orElse(rows)
        .select(name.as("prompt_set"), coalesce(prompt, lit("")).as("prompt"));
  }

  private static String usual(TextTable table, String input) {
    return USUAL.stream()
        .filter(table.columns()::contains)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "prompts '%s' have no column %s; name one with --column (there is %s)"
                        .formatted(
                            input,
                            String.join(" or ", USUAL),
                            String.join(", ", table.columns()))));
  }

  /** Of text files each is a set; a table is one. */
  private static Column fileName(TextTable table, String input) {
    return table.columns().equals(List.of(TextTable.LINE))
        ? regexp_extract(input_file_name(), FILE_NAME, 1)
        : lit(new Path(input).getName().replaceFirst("\\.[A-Za-z0-9]+$", ""));
  }
}
