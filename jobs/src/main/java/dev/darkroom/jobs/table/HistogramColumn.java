package dev.darkroom.jobs.table;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a table of noun histograms, in their order. */
public enum HistogramColumn implements TableColumn {
  /** The captions' dataset. */
  DATASET(DataTypes.StringType, "the group of the captions, or the input's name"),
  /** The column of the captions. */
  CAPTION_COLUMN(DataTypes.StringType, "the column that holds the captions"),
  /** What was counted. */
  FORM(
      DataTypes.StringType,
      "what counts as the same word: noun (lower case), cased, lemma; or verb (lower case)"),
  /** The word. */
  WORD(DataTypes.StringType, "the word"),
  /** How often. */
  OCCURRENCES(DataTypes.LongType, "how often it stands in all captions together"),
  /** In how many captions. */
  CAPTIONS(DataTypes.LongType, "how many captions it stands in");

  private final Type type;

  HistogramColumn(DataType data, String comment) {
    this.type = new Type(data, false, comment);
  }

  @Override
  public Type type() {
    return type;
  }

  /** All columns with their types, in order. */
  public static StructType schema() {
    return TableColumn.schema(values());
  }
}
