package dev.darkroom.jobs.table;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a table of privately estimated nouns, in their order. */
public enum PrivateNounColumn implements TableColumn {
  /** The captions' dataset. */
  DATASET(DataTypes.StringType, "the group of the captions, or the input's name"),
  /** The column of the captions. */
  CAPTION_COLUMN(DataTypes.StringType, "the column that holds the captions"),
  /** The noun. */
  WORD(
      DataTypes.StringType,
      "the noun in lower case; (other) for all outside the vocabulary, (none) for no noun"),
  /** The estimate. */
  ESTIMATED_CAPTIONS(
      DataTypes.DoubleType,
      "captions of which this noun was drawn, one noun a caption; unbiased, so it may be below 0"),
  /** Its error. */
  STANDARD_DEVIATION(DataTypes.DoubleType, "of the estimate, about"),
  /** Reports. */
  REPORTS(DataTypes.LongType, "captions that reported"),
  /** Privacy. */
  EPSILON(DataTypes.DoubleType, "the privacy that each report spent"),
  /** When. */
  COUNTED_AT(DataTypes.TimestampType, "when the run began that counted");

  private final Type type;

  PrivateNounColumn(DataType data, String comment) {
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
