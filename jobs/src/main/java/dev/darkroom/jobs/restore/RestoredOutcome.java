package dev.darkroom.jobs.restore;

import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.ArchiveSnapshot;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What became of a row, as a row itself. */
final class RestoredOutcome {
  static final String WRITTEN = "written";
  static final String SAME = "same";
  static final String FAILED = "failed";

  static final StructType SCHEMA =
      new StructType()
          .add("source_path", DataTypes.StringType)
          .add("outcome", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("bytes", DataTypes.LongType)
          .add(ArchiveSnapshot.DATA_FILE, DataTypes.StringType);

  private RestoredOutcome() {}

  static Row of(Row row, TargetFolder.Outcome outcome, long bytes) {
    return of(source(row), dataFile(row), outcome, bytes);
  }

  static Row of(String sourcePath, String dataFile, TargetFolder.Outcome outcome, long bytes) {
    return outcome == TargetFolder.Outcome.WRITTEN
        ? RowFactory.create(sourcePath, WRITTEN, "", bytes, dataFile)
        : RowFactory.create(sourcePath, SAME, "", 0L, dataFile);
  }

  static Row failed(Row row, String message) {
    return failed(source(row), dataFile(row), message);
  }

  static Row failed(String sourcePath, String dataFile, String message) {
    return RowFactory.create(sourcePath, FAILED, message, 0L, dataFile);
  }

  static String source(Row row) {
    return row.getAs(ArchiveColumn.SOURCE_PATH.id());
  }

  static String dataFile(Row row) {
    return row.getAs(ArchiveSnapshot.DATA_FILE);
  }
}
