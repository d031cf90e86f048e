package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import dev.darkroom.recaption.CaptionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An input that has been opened.
 *
 * @param name what it is called on the page
 * @param location where it is
 * @param kind what it is
 * @param rows its rows
 * @param sets its sets of captions; none in an archive
 * @param images where its images are; none where it has no column of them
 */
record ReportInput(
    String name,
    String location,
    InputKind kind,
    Dataset<Row> rows,
    List<CaptionSet> sets,
    Optional<ImageColumns> images) {
  ReportInput {
    sets = List.copyOf(sets);
  }

  /**
   * The texts of all sets.
   *
   * @param first number of this input's first set
   * @return columns {@code set} (int) and {@code text} (string, may be null); no value where the
   *     input has no set
   */
  Optional<Dataset<Row>> texts(int first) {
    if (sets.isEmpty()) {
      return Optional.empty();
    }
    if (kind != InputKind.CAPTIONS) {
      return Optional.of(columns(rows, first));
    }
    List<Dataset<Row>> texts = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      CaptionSet set = sets.get(i);
      // The raw caption stands in each row about its image.
      Dataset<Row> own =
          set.role() == CaptionSet.Role.RAW
              ? rows.groupBy("source_path").agg(max(set.column()).as("text"))
              : rows.filter(col("status").notEqual(CaptionStatus.FAILED.id()))
                  .select(col(set.column()).as("text"));
      texts.add(own.select(lit(first + i).as("set"), col("text")));
    }
    return texts.stream().reduce(Dataset::unionAll);
  }

  private Dataset<Row> columns(Dataset<Row> table, int first) {
    Column[] pairs = new Column[sets.size()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] =
          struct(lit(first + i).as("set"), col(sets.get(i).column()).cast("string").as("text"));
    }
    return table.select(explode(array(pairs)).as("pair")).select("pair.set", "pair.text");
  }
}
