package dev.darkroom.jobs.table;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a table of noun densities, in their order. */
public enum DensityColumn implements TableColumn {
  /** The captions' dataset. */
  DATASET(DataTypes.StringType, "the group of the captions, or the input's name"),
  /** The column of the captions. */
  CAPTION_COLUMN(DataTypes.StringType, "the column that holds the captions"),
  /** What was counted. */
  FORM(
      DataTypes.StringType,
      "what counts as the same word: noun (lower case), cased, lemma; or verb (lower case)"),
  /** N. */
  CAPTIONS(DataTypes.LongType, "captions that were counted, N"),
  /** Rows without a caption. */
  MISSING(DataTypes.LongType, "rows without a caption; not among the captions"),
  /** Captions of white space. */
  BLANK(DataTypes.LongType, "captions of white space alone"),
  /** The threshold. */
  THRESHOLD(DataTypes.LongType, "a noun that stands more often than this is valid"),
  /** VN. */
  VALID_NOUNS(DataTypes.LongType, "different nouns that are valid, VN"),
  /** DN. */
  DISTINCT_NOUNS(DataTypes.LongType, "different nouns, DN"),
  /** VN/DN. */
  VALID_SHARE(DataTypes.DoubleType, "VN/DN, from 0 to 1"),
  /** Nouns in all. */
  TOTAL_NOUNS(DataTypes.LongType, "nouns in all captions together"),
  /** Nouns of a caption. */
  AVERAGE_NOUNS(DataTypes.DoubleType, "nouns of a caption on average"),
  /** The common size. */
  RAREFIED_CAPTIONS(
      DataTypes.LongType, "captions of the smallest group, to which all groups are rarefied"),
  /** Expected VN. */
  RAREFIED_VALID_NOUNS(DataTypes.DoubleType, "VN to be expected of so many captions"),
  /** Expected DN. */
  RAREFIED_DISTINCT_NOUNS(DataTypes.DoubleType, "DN to be expected of so many captions"),
  /** Expected VN/DN. */
  RAREFIED_VALID_SHARE(DataTypes.DoubleType, "their ratio"),
  /** When. */
  COUNTED_AT(DataTypes.TimestampType, "when the run began that counted");

  private final Type type;

  DensityColumn(DataType data, String comment) {
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
