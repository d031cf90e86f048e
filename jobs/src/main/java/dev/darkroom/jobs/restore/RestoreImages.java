package dev.darkroom.jobs.restore;

import dev.darkroom.jobs.table.ArchivedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Restores the rows of a partition; one row out for each, that says what became of it. */
final class RestoreImages implements FlatMapFunction<Iterator<Row>, Row> {
  static final String WRITTEN = "written";
  static final String SAME = "same";
  static final String FAILED = "failed";

  static final StructType SCHEMA =
      new StructType()
          .add("source_path", DataTypes.StringType)
          .add("outcome", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("bytes", DataTypes.LongType);

  private static final long serialVersionUID = 1L;

  private final String output;
  private final boolean overwrite;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator done;

  RestoreImages(
      String output,
      boolean overwrite,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator done) {
    this.output = output;
    this.overwrite = overwrite;
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    TargetFolder folder = TargetFolder.open(output, hadoop.value().value());
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
        .map(row -> restore(row, folder))
        .iterator();
  }

  private Row restore(Row row, TargetFolder folder) {
    ArchivedImage image = ArchivedImage.of(row);
    try {
      String target = row.getAs("target");
      if (target == null) {
        return failed(
            image,
            "its path '%s' leads out of the output folder or has control characters; it is not written"
                .formatted(image.relativePath().replaceAll("\\p{Cntrl}", "?")));
      }
      if (row.<Integer>getAs("turn") > 1) {
        return failed(
            image,
            "another image is restored as '%s'; restore this one elsewhere, with --where"
                .formatted(target));
      }
      byte[] file = image.restore();
      TargetFolder.Outcome outcome = folder.put(target, file, overwrite);
      return outcome == TargetFolder.Outcome.WRITTEN
          ? RowFactory.create(image.sourcePath(), WRITTEN, "", (long) file.length)
          : RowFactory.create(image.sourcePath(), SAME, "", 0L);
    } catch (ArchivedImage.DamagedException e) {
      return failed(image, e.type() + ": " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      return failed(image, "can't be written: " + e.getMessage());
    } finally {
      done.add(1);
    }
  }

  private static Row failed(ArchivedImage image, String message) {
    return RowFactory.create(image.sourcePath(), FAILED, message, 0L);
  }
}
