package dev.darkroom.jobs.select;

import dev.darkroom.models.Sha256;
import dev.darkroom.recaption.selection.Alignment;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Scores a partition's rows. The last column that comes in is the text; in its place go the
 * alignment and the text's SHA-256, both NULL where the text is NULL or blank.
 */
final class ScoreTexts implements MapPartitionsFunction<Row, Row> {
  /** The column with the text's hash. */
  static final String DIGEST = "__darkroom_text_sha256";

  private static final long serialVersionUID = 1L;

  private final Broadcast<List<String>> targets;

  ScoreTexts(Broadcast<List<String>> targets) {
    this.targets = targets;
  }

  /** What comes out where a table's columns and a text come in. */
  static StructType schema(StructType table, String scoreColumn) {
    return table.add(scoreColumn, DataTypes.DoubleType).add(DIGEST, DataTypes.StringType);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Alignment alignment = new Alignment(targets.value());
    // Scala has a method of the same name, so that the type must be said.
    TaskCompletionListener closing = context -> alignment.close();
    TaskContext.get().addTaskCompletionListener(closing);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
        .map(row -> score(alignment, row))
        .iterator();
  }

  private static Row score(Alignment alignment, Row row) {
    int last = row.size() - 1;
    Object[] values = new Object[row.size() + 1];
    for (int i = 0; i < last; i++) {
      values[i] = row.get(i);
    }
    if (!row.isNullAt(last) && !row.getString(last).isBlank()) {
      String text = row.getString(last);
      values[last] = alignment.of(text);
      values[last + 1] = Sha256.of(text);
    }
    return RowFactory.create(values);
  }
}
