package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.darkroom.recaption.nouns.CaptionCensusFormat;
import dev.darkroom.recaption.nouns.NounCounts;
import dev.darkroom.recaption.nouns.WordForm;
import dev.darkroom.udfs.nouns.CountNouns;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts the nouns of all sets of captions in one pass. Each task counts its own captions; the
 * counts are merged on executors, and the driver gets one for each set.
 */
final class NounCounting {
  private static final UserDefinedFunction IS_CAPTION =
      udf(
          (UDF1<String, Boolean>) text -> TextMeasure.Kind.of(text) == TextMeasure.Kind.CAPTION,
          DataTypes.BooleanType);

  private NounCounting() {}

  /**
   * Counts.
   *
   * @param texts columns {@code set} and {@code text}; rows that are no captions are left out
   */
  static Map<Integer, NounCounts> of(Dataset<Row> texts) {
    Map<Integer, NounCounts> counts = new TreeMap<>();
    texts
        .filter(IS_CAPTION.apply(col("text")))
        .groupBy("set")
        .agg(CountNouns.of(EnumSet.of(WordForm.NOUN)).apply(col("text")).as("census"))
        .collectAsList()
        .forEach(
            row ->
                counts.put(
                    row.getInt(0),
                    CaptionCensusFormat.read(row.getAs("census")).words().get(WordForm.NOUN)));
    return counts;
  }
}
