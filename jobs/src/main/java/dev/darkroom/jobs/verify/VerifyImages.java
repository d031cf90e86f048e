package dev.darkroom.jobs.verify;

import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.ArchiveSnapshot;
import dev.darkroom.jobs.table.ArchivedImage;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Verifies the rows of a partition; one row out for each, that says what was found. */
final class VerifyImages implements MapPartitionsFunction<Row, Row> {
  static final StructType SCHEMA =
      new StructType()
          .add("source_path", DataTypes.StringType)
          .add("file_sha256", DataTypes.StringType)
          .add("version", DataTypes.LongType)
          .add("archived_at", DataTypes.TimestampType)
          .add(ArchivedImage.Kind.COLUMN, DataTypes.StringType)
          .add("error_type", DataTypes.StringType)
          .add("error_message", DataTypes.StringType)
          .add(ArchiveSnapshot.DATA_FILE, DataTypes.StringType);

  private static final long serialVersionUID = 1L;

  private final LongAccumulator done;

  VerifyImages(LongAccumulator done) {
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .map(this::outcome)
        .iterator();
  }

  private Row outcome(Row row) {
    try {
      return outcome(row, ArchivedImage.of(row).verify().id(), null, null);
    } catch (ArchivedImage.DamagedException e) {
      return outcome(row, null, e.type(), e.getMessage());
    } finally {
      done.add(1);
    }
  }

  private static Row outcome(Row row, String verifiedAs, String errorType, String message) {
    return RowFactory.create(
        row.getAs(ArchiveColumn.SOURCE_PATH.id()),
        row.getAs(ArchiveColumn.FILE_SHA256.id()),
        row.getAs(ArchiveColumn.VERSION.id()),
        row.getAs(ArchiveColumn.ARCHIVED_AT.id()),
        verifiedAs,
        errorType,
        message,
        row.getAs(ArchiveSnapshot.DATA_FILE));
  }
}
