package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionStatus;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The struct that {@link dev.darkroom.udfs.Recaption} adds to a row. */
public final class CaptionColumn {
  private static final StructType SCHEMA =
      new StructType()
          .add("text", DataTypes.StringType, true)
          .add("status", DataTypes.StringType, false)
          .add("finish_reason", DataTypes.StringType, true)
          .add("prompt", DataTypes.StringType, false)
          .add("prompt_tokens", DataTypes.IntegerType, true)
          .add("completion_tokens", DataTypes.IntegerType, true)
          .add("seed", DataTypes.LongType, false)
          .add("device", DataTypes.StringType, false)
          .add("gpu_address", DataTypes.StringType, false)
          .add("millis", DataTypes.LongType, false)
          .add("attempts", DataTypes.IntegerType, false)
          .add("error_type", DataTypes.StringType, true)
          .add("error_message", DataTypes.StringType, true);

  private CaptionColumn() {}

  /** The struct's fields. */
  public static StructType schema() {
    return SCHEMA;
  }

  static Row value(CaptionOutcome outcome, String prompt, long seed, String device, String gpu) {
    String status = CaptionStatus.of(outcome).id();
    if (outcome instanceof Caption caption) {
      return RowFactory.create(
          caption.text(),
          status,
          caption.finishReason().name().toLowerCase(Locale.ROOT),
          prompt,
          caption.promptTokens(),
          caption.completionTokens(),
          seed,
          device,
          gpu,
          caption.millis(),
          caption.attempts(),
          null,
          null);
    }
    CaptionFailure failure = (CaptionFailure) outcome;
    return RowFactory.create(
        null,
        status,
        null,
        prompt,
        null,
        null,
        seed,
        device,
        gpu,
        failure.millis(),
        failure.attempts(),
        failure.type().name(),
        failure.message());
  }
}
