package dev.darkroom.jobs.score;

import static org.apache.spark.sql.functions.lit;

import dev.darkroom.jobs.UserException;
import dev.darkroom.jobs.source.TextTable;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The images to score, with columns {@code key}, {@code prompt_set}, {@code prompt}, {@code seed},
 * {@code model_id}, {@code image}, {@code payload} and {@code error_message}. Of the columns of
 * generated images a table needs {@code image} or {@code payload}, and one with the prompts; where
 * there is no {@code key}, {@code id} is taken.
 */
final class ScoreInput {
  private ScoreInput() {}

  /**
   * Reads a table.
   *
   * @throws UserException where there is none, or it lacks a column
   */
  static Dataset<Row> open(SparkSession spark, ScoreOptions options) {
    TextTable table = TextTable.open(spark, "input", options.input());
    boolean hasKey = table.columns().contains("key");
    boolean hasImages = isBinary(table.rows(), "image") || isBinary(table.rows(), "payload");
    if (!hasImages) {
      throw new UserException(
          "input '%s' has neither a column image nor a column payload with bytes; name a table of generated images"
              .formatted(options.input()));
    }
    return table
        .rows()
        .select(
            table.column(hasKey ? "key" : "id").cast("string").as("key"),
            optional(table, "prompt_set", DataTypes.StringType),
            table.text(options.promptColumn()).as("prompt"),
            optional(table, "seed", DataTypes.LongType),
            optional(table, "model_id", DataTypes.StringType),
            binary(table, "image"),
            binary(table, "payload"),
            optional(table, "error_message", DataTypes.StringType));
  }

  private static Column optional(TextTable table, String name, DataType type) {
    return (table.columns().contains(name) ? table.column(name) : lit(null)).cast(type).as(name);
  }

  private static Column binary(TextTable table, String name) {
    return (isBinary(table.rows(), name) ? table.column(name) : lit(null))
        .cast(DataTypes.BinaryType)
        .as(name);
  }

  private static boolean isBinary(Dataset<Row> rows, String name) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> field.name().equals(name))
        .map(StructField::dataType)
        .anyMatch(DataTypes.BinaryType::equals);
  }
}
