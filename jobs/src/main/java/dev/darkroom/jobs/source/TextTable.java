package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * A table with texts in it: Delta, Parquet, JSON (an object a line, or one array of objects), CSV
 * with a header, or plain lines of text, which is found out by looking at it.
 *
 * <p>A line of JSON that can't be parsed is a row whose columns are all NULL, so that it is counted
 * with the texts that are missing. All columns of CSV are strings.
 */
public final class TextTable {
  /** The column of a text file. */
  public static final String LINE = "text";

  private static final String CORRUPT = "_corrupt_record";

  private final String name;
  private final Dataset<Row> rows;

  private TextTable(String name, Dataset<Row> rows) {
    this.name = name;
    this.rows = rows;
  }

  /**
   * Opens a table.
   *
   * @param role what it is to the user, for messages: {@code input}
   * @param location a path, URI or glob of any Hadoop file system: a file, or a folder of files of
   *     one format
   * @throws UserException where nothing is there, or nothing that can be read as a table
   */
  public static TextTable open(SparkSession spark, String role, String location) {
    String name = "%s '%s'".formatted(role, location);
    Configuration hadoop = spark.sessionState().newHadoopConf();
    try {
      TextFormat format = new TextFormats(hadoop).detect(name, location);
      return new TextTable(name, withoutCorrupt(load(spark, format, location)));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(name, e);
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      // Scala code throws checked exceptions without saying so.
      throw unreadable(name, e);
    }
  }

  private static Dataset<Row> load(SparkSession spark, TextFormat format, String location) {
    DataFrameReader reader = spark.read();
    return switch (format) {
      case DELTA -> reader.format("delta").load(location);
      case PARQUET -> reader.parquet(location);
      case JSON_LINES -> reader.json(location);
      case JSON_ARRAY -> reader.option("multiLine", true).json(location);
      case CSV ->
          reader
              .option("header", true)
              .option("multiLine", true)
              .option("escape", "\"")
              .csv(location);
      case TEXT_LINES -> reader.text(location).withColumnRenamed("value", LINE);
    };
  }

  private static Dataset<Row> withoutCorrupt(Dataset<Row> rows) {
    boolean others = rows.columns().length > 1;
    return others && Arrays.asList(rows.columns()).contains(CORRUPT) ? rows.drop(CORRUPT) : rows;
  }

  private static UserException unreadable(String name, Exception e) {
    return new UserException(
        "%s can't be read as a table: %s".formatted(name, Reason.plain(e.getMessage())), e);
  }

  /** All rows, with all columns. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** What the columns are called, in their order. */
  public List<String> columns() {
    return List.of(rows.columns());
  }

  /**
   * A column of strings.
   *
   * @param column its name; a field of a struct has a dot between
   * @throws UserException where there is none of that name, or of another type
   */
  public Column text(String column) {
    Column found = column(column);
    DataType type = rows.select(found).schema().apply(0).dataType();
    if (!(type instanceof StringType)) {
      throw new UserException(
          "column '%s' of %s holds %s and not text; name another one (it has %s)"
              .formatted(column, name, type.simpleString(), String.join(", ", columns())));
    }
    return found;
  }

  /**
   * A column of any type.
   *
   * @param column its name; a field of a struct has a dot between
   * @throws UserException where there is none of that name
   */
  public Column column(String column) {
    return path(rows.schema(), column)
        .map(rows::col)
        .orElseThrow(
            () ->
                new UserException(
                    "%s has no column '%s'; it has %s"
                        .formatted(name, column, String.join(", ", columns()))));
  }

  /** The column's name in quotes, part by part. */
  private static Optional<String> path(StructType schema, String column) {
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      return Optional.of(quoted(column));
    }
    DataType inside = schema;
    for (String part : column.split("\\.", -1)) {
      if (!(inside instanceof StructType struct)
          || !Arrays.asList(struct.fieldNames()).contains(part)) {
        return Optional.empty();
      }
      inside = struct.apply(part).dataType();
    }
    return Optional.of(
        Stream.of(column.split("\\.", -1)).map(TextTable::quoted).collect(Collectors.joining(".")));
  }

  private static String quoted(String part) {
    return "`" + part.replace("`", "``") + "`";
  }
}
