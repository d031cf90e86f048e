package dev.darkroom.jobs.verify;

import dev.darkroom.jobs.table.ArchivedImage;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Verifies the rows of a partition; one row out for each that is not as it should be. */
final class VerifyImages implements FlatMapFunction<Iterator<Row>, Row> {
  static final StructType SCHEMA =
      new StructType()
          .add("source_path", DataTypes.StringType)
          .add("error_type", DataTypes.StringType)
          .add("error_message", DataTypes.StringType);

  private static final long serialVersionUID = 1L;

  private final LongAccumulator done;

  VerifyImages(LongAccumulator done) {
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .map(this::problem)
        .flatMap(Optional::stream)
        .iterator();
  }

  private Optional<Row> problem(Row row) {
    ArchivedImage image = ArchivedImage.of(row);
    try {
      image.verify();
      return Optional.empty();
    } catch (ArchivedImage.DamagedException e) {
      return Optional.of(RowFactory.create(image.sourcePath(), e.type(), e.getMessage()));
    } finally {
      done.add(1);
    }
  }
}
