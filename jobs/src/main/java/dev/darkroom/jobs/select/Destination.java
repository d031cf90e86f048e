package dev.darkroom.jobs.select;

import dev.darkroom.jobs.UserException;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Where the selected rows go: a Delta table that is made, or replaced, in one commit. */
final class Destination {
  private final SparkSession spark;
  private final SelectOptions options;

  Destination(SparkSession spark, SelectOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Looks whether the table may be written.
   *
   * @throws UserException where something is there that may not be replaced
   */
  void check() {
    String output = options.output();
    try {
      Path path = new Path(output);
      FileSystem fs = path.getFileSystem(spark.sessionState().newHadoopConf());
      if (fs.makeQualified(path).equals(fs.makeQualified(new Path(options.input())))) {
        throw new UserException("output '%s' is the input; name another folder".formatted(output));
      }
      boolean empty =
          !fs.exists(path)
              || (fs.getFileStatus(path).isDirectory() && fs.listStatus(path).length == 0);
      if (!empty && !DeltaTable.isDeltaTable(spark, output)) {
        throw new UserException(
            "output '%s' is there and is no Delta table; name a new folder".formatted(output));
      }
      if (!empty && !options.overwrite()) {
        throw new UserException(
            "output '%s' is there already; name another place, or say --overwrite to replace it"
                .formatted(output));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "output '%s' can't be reached: %s; check path and credentials"
              .formatted(output, e.getMessage()),
          e);
    }
  }

  /**
   * Looks whether Delta takes a table's columns.
   *
   * @throws UserException where it doesn't
   */
  void checkColumns(StructType columns) {
    List<String> refused =
        Arrays.stream(columns.fieldNames())
            .filter(column -> column.matches("(?s).*[ ,;{}()\n\t=].*"))
            .toList();
    if (!refused.isEmpty()) {
      throw new UserException(
          "Delta tables can't have columns with white space or any of ,;{}()= in their names, as '%s'; rename them in the input"
              .formatted(String.join("', '", refused)));
    }
  }

  /** Writes the rows, or none of them. */
  void write(Dataset<Row> rows) {
    rows.write()
        .format("delta")
        .mode(options.overwrite() ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
        .option("overwriteSchema", options.overwrite())
        .save(options.output());
  }
}
