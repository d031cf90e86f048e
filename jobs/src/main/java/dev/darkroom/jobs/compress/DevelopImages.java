package dev.darkroom.jobs.compress;

import dev.darkroom.jobs.source.Candidate;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.RowAction;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Develops the candidates of a partition, one row for each. Runs on executors. */
final class DevelopImages implements FlatMapFunction<Iterator<Row>, Row> {
  /** The columns of an archive table, and what each row is to do there. */
  static final StructType SCHEMA =
      ArchiveColumn.schema().add(RowAction.COLUMN, DataTypes.StringType, false);

  private static final long serialVersionUID = 1L;

  private final DevelopSettings settings;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator done;

  DevelopImages(
      DevelopSettings settings, Broadcast<SerializableConfiguration> hadoop, LongAccumulator done) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ImageDeveloper developer = new ImageDeveloper(settings, hadoop.value().value());
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> developer.close());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = developer.develop(Candidate.of(rows.next()));
        done.add(1);
        return row;
      }
    };
  }
}
