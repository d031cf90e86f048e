package dev.darkroom.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a caption table, in their order. */
public enum CaptionColumn implements TableColumn {
  /** What was asked of which model about which image. */
  KEY(
      DataTypes.StringType,
      false,
      "SHA-256 of the image's hash, the model's hash, the prompt and the parameters"),
  /** Where the image came from. */
  SOURCE_PATH(
      DataTypes.StringType, false, "where the image is: a URI, URL, tar#member or table's path"),
  /** The path below the common root of the input. */
  RELATIVE_PATH(DataTypes.StringType, false, "path below the root of the input"),
  /** Bytes of the file. */
  FILE_SIZE(DataTypes.LongType, true, "bytes of the image file"),
  /** When the file last changed. */
  MODIFICATION_TIME(DataTypes.TimestampType, true, "when the image file last changed"),
  /** Hash of the file. */
  IMAGE_SHA256(DataTypes.StringType, true, "SHA-256 of the image file, lower-case hex"),
  /** The caption that the image came with. */
  RAW_CAPTION(DataTypes.StringType, true, "the caption that the image came with"),
  /** The new caption. */
  CAPTION(DataTypes.StringType, true, "the new caption"),
  /** How good it is. */
  STATUS(DataTypes.StringType, false, "ok, cut (by the length limit), empty, looping or failed"),
  /** Name of the prompt. */
  PROMPT_NAME(DataTypes.StringType, false, "detailed, grounded or text"),
  /** The prompt. */
  PROMPT(DataTypes.StringType, false, "what was asked"),
  /** Whether the prompt fell back. */
  UNGROUNDED(
      DataTypes.BooleanType,
      false,
      "true where the prompt wanted a raw caption that is not there, so that detailed was asked"),
  /** Number of the sample. */
  SAMPLE(DataTypes.IntegerType, false, "number of the answer to the same prompt, from 0"),
  /** Why the model stopped. */
  FINISH_REASON(DataTypes.StringType, true, "why the model stopped: stop, length or other"),
  /** Tokens asked. */
  PROMPT_TOKENS(DataTypes.IntegerType, true, "tokens of the prompt, image tokens included"),
  /** Tokens answered. */
  COMPLETION_TOKENS(DataTypes.IntegerType, true, "tokens of the answer"),
  /** Seed of the random choices. */
  SEED(DataTypes.LongType, false, "seed of the random choices, where there are any"),
  /** How answers are decoded. */
  PARAMETERS(DataTypes.StringType, false, "how the answer was decoded, as JSON"),
  /** Name of the model. */
  MODEL_ID(DataTypes.StringType, false, "the model's name"),
  /** Hash of the model. */
  MODEL_SHA256(DataTypes.StringType, false, "the model's SHA-256, lower-case hex"),
  /** What the model ran on. */
  DEVICE(DataTypes.StringType, true, "cpu, cuda, gpu (a server's), or the endpoint's address"),
  /** Addresses of the GPUs. */
  GPU_ADDRESS(DataTypes.StringType, true, "addresses of the task's GPUs, with commas between"),
  /** How long it took. */
  MILLIS(DataTypes.LongType, true, "milliseconds; in a batch its time shared out evenly"),
  /** How often it was tried. */
  ATTEMPT(DataTypes.IntegerType, false, "how often it was tried, over all runs"),
  /** Why it failed, as a type. */
  ERROR_TYPE(DataTypes.StringType, true, "why it failed, as a type"),
  /** Why it failed, in words. */
  ERROR_MESSAGE(DataTypes.StringType, true, "what is wrong, why, and what to do"),
  /** When the row was made. */
  CAPTIONED_AT(DataTypes.TimestampType, false, "when the row was made");

  private final Type type;

  CaptionColumn(DataType data, boolean nullable, String comment) {
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
