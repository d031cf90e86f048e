package dev.darkroom.jobs.recaption;

import dev.darkroom.jobs.source.SourceProblem;
import dev.darkroom.jobs.table.CaptionColumn;
import dev.darkroom.models.ModelIdentity;
import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionStatus;
import dev.darkroom.udfs.caption.CaptionStream;
import java.util.Locale;
import org.apache.spark.sql.Row;

/** Makes rows of answers. */
final class AnswerRows {
  private final Questions questions;
  private final ModelIdentity model;
  private final String device;
  private final String gpuAddress;

  AnswerRows(Questions questions, ModelIdentity model, String device, String gpuAddress) {
    this.questions = questions;
    this.model = model;
    this.device = device;
    this.gpuAddress = gpuAddress;
  }

  Row of(CaptionStream.Answered<Ask> answered, Meters meters) {
    LoadedImage image = answered.row().image();
    CaptionRow row =
        new CaptionRow(image.candidate(), answered.row().question())
            .set(CaptionColumn.IMAGE_SHA256, image.hash())
            .set(CaptionColumn.PARAMETERS, questions.decoding().toJson())
            .set(CaptionColumn.MODEL_ID, model.id())
            .set(CaptionColumn.MODEL_SHA256, model.hash());
    if (answered.outcome().isEmpty()) {
      SourceProblem problem = image.problem().orElseThrow();
      return row.set(CaptionColumn.STATUS, CaptionStatus.FAILED.id())
          .set(CaptionColumn.ATTEMPT, 1)
          .set(CaptionColumn.ERROR_TYPE, problem.type().name())
          .set(CaptionColumn.ERROR_MESSAGE, problem.message())
          .build();
    }
    CaptionOutcome outcome = answered.outcome().get();
    row.set(CaptionColumn.STATUS, CaptionStatus.of(outcome).id())
        .set(CaptionColumn.DEVICE, device)
        .set(CaptionColumn.MILLIS, outcome.millis())
        .set(CaptionColumn.ATTEMPT, outcome.attempts());
    if (!gpuAddress.isEmpty()) {
      row.set(CaptionColumn.GPU_ADDRESS, gpuAddress);
    }
    if (outcome instanceof Caption caption) {
      meters.tokens().add(caption.completionTokens());
      row.set(CaptionColumn.CAPTION, caption.text())
          .set(CaptionColumn.FINISH_REASON, caption.finishReason().name().toLowerCase(Locale.ROOT))
          .set(CaptionColumn.PROMPT_TOKENS, caption.promptTokens())
          .set(CaptionColumn.COMPLETION_TOKENS, caption.completionTokens());
    } else {
      CaptionFailure failure = (CaptionFailure) outcome;
      row.set(CaptionColumn.ERROR_TYPE, failure.type().name())
          .set(CaptionColumn.ERROR_MESSAGE, failure.message());
    }
    return row.build();
  }
}
