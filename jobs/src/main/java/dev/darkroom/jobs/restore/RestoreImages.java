package dev.darkroom.jobs.restore;

import dev.darkroom.jobs.table.ArchivedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Restores the rows of a partition as files; one row out for each, that says what became of it. */
final class RestoreImages implements MapPartitionsFunction<Row, Row> {
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
    try {
      String target = row.getAs(NameAssignment.TARGET);
      if (target == null) {
        return RestoredOutcome.failed(
            row, "every name that it could have is taken; restore it elsewhere, with --where");
      }
      byte[] file = ArchivedImage.of(row).restore();
      return RestoredOutcome.of(
          row, folder.put(target, FileContent.of(file), overwrite), file.length);
    } catch (ArchivedImage.DamagedException e) {
      return RestoredOutcome.failed(row, e.type() + ": " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      return RestoredOutcome.failed(row, "can't be written: " + e.getMessage());
    } finally {
      done.add(1);
    }
  }
}
