package dev.darkroom.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table of generated images, in their order; named in the manner of DiffusionDB
 * (Wang et al. 2022, table 2) where it has the like.
 */
public enum GeneratedColumn implements TableColumn {
  /** What was asked of which model. */
  KEY(
      DataTypes.StringType,
      false,
      "SHA-256 of prompt, negative prompt, style, seed, parameters and the model's hash"),
  /** Where the prompt came from. */
  PROMPT_SET(
      DataTypes.StringType, false, "the set that the prompt is of: its category, or its file"),
  /** The prompt as it was given. */
  PROMPT(DataTypes.StringType, false, "the prompt, as it was given"),
  /** What the model was told. */
  FINAL_PROMPT(DataTypes.StringType, false, "what the model was told: the prompt, with its style"),
  /** What the image shall not be. */
  NEGATIVE_PROMPT(DataTypes.StringType, false, "what the image shall not be; often empty"),
  /** Whether the prompt was cut. */
  TRUNCATED(DataTypes.BooleanType, true, "whether the prompt had more tokens than the model reads"),
  /** Seed of the noise. */
  SEED(DataTypes.LongType, false, "seed of the noise, 0 to 4294967295"),
  /** Sampling steps. */
  STEP(DataTypes.IntegerType, false, "sampling steps"),
  /** Guidance scale. */
  CFG(DataTypes.DoubleType, false, "classifier-free guidance scale; 1 is none"),
  /** The sampler. */
  SAMPLER(DataTypes.StringType, false, "the sampler, such as flow_match_euler"),
  /** Strength of minority guidance. */
  MINORITY(DataTypes.DoubleType, false, "strength of minority guidance; 0 is none"),
  /** Pixels across. */
  WIDTH(DataTypes.IntegerType, false, "pixels across"),
  /** Pixels down. */
  HEIGHT(DataTypes.IntegerType, false, "pixels down"),
  /** Name of the model. */
  MODEL_ID(DataTypes.StringType, false, "the model's name"),
  /** Hash of the model. */
  MODEL_SHA256(DataTypes.StringType, false, "the model's SHA-256, lower-case hex"),
  /** Version of the program. */
  ENGINE(DataTypes.StringType, false, "the program and version that drew it"),
  /** The image as a PNG file. */
  IMAGE(
      DataTypes.BinaryType,
      true,
      "the image as a PNG file with its parameters; null where it is in payload, or failed"),
  /** The image as a codec's payload. */
  PAYLOAD(
      DataTypes.BinaryType,
      true,
      "the same PNG file as iFlow has coded it; iflow_decode gives its pixels"),
  /** Hash of the PNG file. */
  IMAGE_SHA256(DataTypes.StringType, true, "SHA-256 of the PNG file, lower-case hex"),
  /** Hash of the pixels. */
  PIXEL_SHA256(DataTypes.StringType, true, "SHA-256 of the pixels, RGB row by row, lower-case hex"),
  /** What the model ran on. */
  DEVICE(DataTypes.StringType, true, "cpu or cuda"),
  /** Addresses of the GPUs. */
  GPU_ADDRESS(DataTypes.StringType, true, "addresses of the task's GPUs, with commas between"),
  /** How long it took. */
  MILLIS(DataTypes.LongType, true, "milliseconds; in a batch its time shared out evenly"),
  /** How often it was tried. */
  ATTEMPT(DataTypes.IntegerType, false, "how often it was tried, over all runs"),
  /** Whether there is an image. */
  STATUS(DataTypes.StringType, false, "ok or failed"),
  /** Why it failed, as a type. */
  ERROR_TYPE(DataTypes.StringType, true, "why it failed, as a type"),
  /** Why it failed, in words. */
  ERROR_MESSAGE(DataTypes.StringType, true, "what is wrong, why, and what to do"),
  /** When the row was made. */
  GENERATED_AT(DataTypes.TimestampType, false, "when the row was made");

  private final Type type;

  GeneratedColumn(DataType data, boolean nullable, String comment) {
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
