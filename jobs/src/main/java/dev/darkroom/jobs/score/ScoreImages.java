package dev.darkroom.jobs.score;

import dev.darkroom.udfs.gpu.GpuAssignment;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Has a judge look at the images of a partition. Runs on executors. */
final class ScoreImages implements FlatMapFunction<Iterator<Row>, Row> {
  private static final long serialVersionUID = 1L;

  private final JudgeSource source;
  private final SubjectReader reader;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator done;

  ScoreImages(
      JudgeSource source,
      SubjectReader reader,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator done) {
    this.source = source;
    this.reader = reader;
    this.hadoop = hadoop;
    this.done = done;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    Judge judge = source.open(GpuAssignment.ofTask(), hadoop.value().value());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> judge.close());
    Iterator<Subject> subjects =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Subject next() {
            return reader.read(rows.next());
          }
        };
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(judge.judge(subjects), Spliterator.ORDERED), false)
        .flatMap(judgement -> rows(judgement).stream())
        .iterator();
  }

  private List<Row> rows(Judgement judgement) {
    done.add(1);
    return ScoreRows.of(source.id(), judgement);
  }
}
