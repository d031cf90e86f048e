package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.jobs.curation.figures.CaptionFigures.Length;
import dev.darkroom.jobs.curation.figures.Histogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Draws rows for people to look at. Rows are stratified by status and by the quarter that the
 * length of the caption lies in; each stratum gets a row before any gets another. Within a stratum
 * the order is that of a hash of seed and row, so that neither partitions nor order of the rows
 * matter.
 */
final class SamplePicker {
  /** Characters of a caption that are shown. */
  static final int SHOWN = 1500;

  private static final List<String> QUARTERS = List.of("shortest", "short", "long", "longest");

  private static final UserDefinedFunction WORDS =
      udf(
          (UDF1<String, Integer>) text -> text == null ? 0 : TextMeter.of(text).words(),
          DataTypes.IntegerType);

  private final long seed;

  SamplePicker(long seed) {
    this.seed = seed;
  }

  /**
   * A row that was drawn.
   *
   * @param key what tells it from the other rows of its input
   * @param stratum what it stands for
   * @param texts its captions' beginnings, in the order of the sets; empty where there is none
   * @param lengths characters of the whole captions
   */
  record Drawn(String key, String stratum, List<String> texts, List<Long> lengths) {}

  /**
   * Draws rows of an input.
   *
   * @param count how many, at most
   * @param judged the length of the captions by which rows are stratified: those of the last set
   */
  List<Drawn> draw(ReportInput input, int count, Length judged) {
    Dataset<Row> rows = keyed(input);
    int sets = input.sets().size();
    Column judge = col(sets == 0 ? "key" : "text" + judgedSet(input));
    Column words = sets == 0 ? lit(0) : WORDS.apply(judge);
    Column stratum = concat_ws(" \u00B7 ", col("status"), quarter(words, judged, sets));
    Dataset<Row> drawn =
        rows.withColumn("stratum", stratum)
            .withColumn("lot", sha2(concat_ws(":", lit(Long.toString(seed)), col("key")), 256));
    List<Column> shown = new ArrayList<>(List.of(col("key"), col("stratum"), col("turn")));
    for (int i = 0; i < sets; i++) {
      shown.add(substring(col("text" + i), 1, SHOWN));
    }
    for (int i = 0; i < sets; i++) {
      shown.add(coalesce(length(col("text" + i)), lit(0)).cast("bigint"));
    }
    return drawn
        .withColumn(
            "turn",
            row_number().over(Window.partitionBy("stratum").orderBy(col("lot"), col("key"))))
        .filter(col("turn").leq(count))
        .select(shown.toArray(Column[]::new))
        .collectAsList()
        .stream()
        .sorted(
            Comparator.comparingInt((Row row) -> row.getInt(2))
                .thenComparing((Row row) -> row.getString(1))
                .thenComparing((Row row) -> row.getString(0)))
        .limit(count)
        .sorted(
            Comparator.comparing((Row row) -> row.getString(1))
                .thenComparingInt((Row row) -> row.getInt(2)))
        .map(row -> drawn(row, sets))
        .toList();
  }

  /**
   * The rows of an input with what the sample needs.
   *
   * @return columns {@code key} and {@code status}, and {@code text0} and so on for the sets; all
   *     other columns as they are, each key once
   */
  static Dataset<Row> keyed(ReportInput input) {
    Column status = input.kind() == InputKind.TEXTS ? lit(null).cast("string") : col("status");
    List<Column> columns = new ArrayList<>();
    columns.add(key(input).as("key"));
    columns.add(status.as("status"));
    for (int i = 0; i < input.sets().size(); i++) {
      columns.add(col(input.sets().get(i).column()).cast("string").as("text" + i));
    }
    return input.rows().select(columns.toArray(Column[]::new)).dropDuplicates("key");
  }

  /** What tells a row of an input from the others. */
  static Column key(ReportInput input) {
    return switch (input.kind()) {
      case CAPTIONS -> concat_ws("|", col("source_path"), col("key"));
      case ARCHIVE -> concat_ws("|", col("source_path"), col("file_sha256"));
      case GENERATED -> col("key");
      case TEXTS -> textsKey(input);
    };
  }

  /** The image's path in the key of a row of a caption table. */
  static String pathOf(String key) {
    return key.substring(0, key.lastIndexOf('|'));
  }

  /** What tells rows apart that have no key: all that is shown of them. */
  private static Column textsKey(ReportInput input) {
    List<Column> parts = new ArrayList<>();
    input
        .images()
        .flatMap(ImageColumns::path)
        .ifPresent(path -> parts.add(coalesce(col(path).cast("string"), lit(""))));
    input
        .sets()
        .forEach(set -> parts.add(coalesce(col(set.column()).cast("string"), lit("\u0000"))));
    return sha2(concat_ws("\u0001", parts.toArray(Column[]::new)), 256);
  }

  /** Which of an input's sets its rows are stratified by: the new captions, else the first. */
  static int judgedSet(ReportInput input) {
    return input.kind() == InputKind.CAPTIONS ? input.sets().size() - 1 : 0;
  }

  private static Column quarter(Column words, Length length, int sets) {
    if (sets == 0) {
      return lit(null).cast("string");
    }
    Histogram histogram = length.words();
    Column quarter = lit(QUARTERS.get(3) + " quarter");
    for (int i = 2; i >= 0; i--) {
      quarter =
          when(
                  words.leq(CaptionMeasures.quantile(histogram, (i + 1) / 4.0)),
                  QUARTERS.get(i) + " quarter")
              .otherwise(quarter);
    }
    return when(words.equalTo(0), "no words").otherwise(quarter);
  }

  private static Drawn drawn(Row row, int sets) {
    return new Drawn(
        row.getString(0),
        row.getString(1),
        IntStream.range(0, sets).mapToObj(i -> orEmpty(row.getString(3 + i))).toList(),
        IntStream.range(0, sets).mapToObj(i -> row.getLong(3 + sets + i)).toList());
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
