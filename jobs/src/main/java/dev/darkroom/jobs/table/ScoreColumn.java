package dev.darkroom.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table of scores, in their order: a row for each image, judge and category. What
 * was right (the columns ending so) is the same in all rows of an image and judge; it is null where
 * it was not asked for, or could not be judged.
 */
public enum ScoreColumn implements TableColumn {
  /** The image's row. */
  KEY(DataTypes.StringType, false, "the image's key in the table of generated images"),
  /** Where the prompt came from. */
  PROMPT_SET(DataTypes.StringType, false, "the set that the prompt is of; may be empty"),
  /** What was asked of the generator. */
  PROMPT(DataTypes.StringType, false, "the prompt"),
  /** Seed of the noise. */
  SEED(DataTypes.LongType, true, "seed of the noise"),
  /** Who drew it. */
  MODEL_ID(DataTypes.StringType, false, "the model that drew the image; may be empty"),
  /** Who looked at it. */
  JUDGE(DataTypes.StringType, false, "pixels or llava"),
  /** What is scored. */
  CATEGORY(DataTypes.StringType, false, "T2I-CompBench's category; empty where none applies"),
  /** How well the image does. */
  SCORE(DataTypes.DoubleType, true, "0 to 1, by the category's formula"),
  /** What the judge looked for. */
  ASKED(DataTypes.StringType, false, "what the judge looked for, or was asked"),
  /** What the judge saw. */
  SEEN(DataTypes.StringType, false, "what the judge saw, or answered"),
  /** How many objects shall be there. */
  OBJECTS(DataTypes.IntegerType, true, "objects that a scene prompt asks for"),
  /** The colours. */
  COLOR_RIGHT(DataTypes.BooleanType, true, "whether the colours are right"),
  /** The shapes. */
  SHAPE_RIGHT(DataTypes.BooleanType, true, "whether the shapes are right"),
  /** The textures. */
  TEXTURE_RIGHT(DataTypes.BooleanType, true, "whether the textures are right"),
  /** The sizes. */
  SIZE_RIGHT(DataTypes.BooleanType, true, "whether the sizes are right"),
  /** The ninths. */
  POSITION_RIGHT(DataTypes.BooleanType, true, "whether the ninths of the picture are right"),
  /** The relations. */
  RELATION_RIGHT(DataTypes.BooleanType, true, "whether the relations hold"),
  /** The counts. */
  COUNT_RIGHT(DataTypes.BooleanType, true, "whether there are as many as asked, and no others"),
  /** Everything. */
  ALL_RIGHT(DataTypes.BooleanType, true, "whether all that was asked for is right"),
  /** Whether there is a score. */
  STATUS(DataTypes.StringType, false, "scored, not_applicable, no_image, unreadable or failed"),
  /** Why there is none, as a type. */
  ERROR_TYPE(DataTypes.StringType, true, "why there is no score, as a type"),
  /** Why there is none, in words. */
  ERROR_MESSAGE(DataTypes.StringType, true, "what is wrong, why, and what to do");

  private final Type type;

  ScoreColumn(DataType data, boolean nullable, String comment) {
    this.type = new Type(data, nullable, comment);
  }

  @Override
  public Type type() {
    return type;
  }

  /** All columns with their types, in order. */
  public static StructType schema() {
    return TableColumn.schema(values());
  }

  /** The names of all columns, in order. */
  public static List<String> ids() {
    return TableColumn.ids(values());
  }
}
