package dev.darkroom.recaption.llava;

import ai.onnxruntime.OrtException;
import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.recaption.decoding.TokenDecoder;
import dev.darkroom.recaption.image.ImageException;
import dev.darkroom.recaption.image.RgbDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers a batch of requests. What is wrong with one is its own outcome alone; where the model
 * fails on a batch, its rows are tried again one by one.
 */
final class BatchCaptioner {
  private final LlavaModel model;
  private final RgbDecoder decoder;

  BatchCaptioner(LlavaModel model, RgbDecoder decoder) {
    this.model = model;
    this.decoder = decoder;
  }

  List<CaptionOutcome> caption(List<CaptionRequest> requests) {
    long start = System.nanoTime();
    Map<Integer, CaptionOutcome> outcomes = new TreeMap<>();
    Map<Integer, float[]> images = new TreeMap<>();
    for (int i = 0; i < requests.size(); i++) {
      try {
        images.put(i, model.process(decoder.decode(requests.get(i).image())));
      } catch (ImageException e) {
        CaptionFailure.Type type =
            e.isTooLarge()
                ? CaptionFailure.Type.IMAGE_TOO_LARGE
                : CaptionFailure.Type.UNREADABLE_IMAGE;
        outcomes.put(i, new CaptionFailure(type, e.getMessage(), 0, 1));
      }
    }
    if (!images.isEmpty()) {
      outcomes.putAll(captionImages(requests, images));
    }
    long millis = (System.nanoTime() - start) / 1_000_000 / requests.size();
    return outcomes.values().stream().map(outcome -> timed(outcome, millis)).toList();
  }

  private Map<Integer, CaptionOutcome> captionImages(
      List<CaptionRequest> requests, Map<Integer, float[]> images) {
    try {
      return answer(requests, images, 1);
    } catch (OrtException | RuntimeException e) {
      if (images.size() == 1) {
        return Map.of(images.keySet().iterator().next(), modelError(e, 1));
      }
    }
    Map<Integer, CaptionOutcome> outcomes = new TreeMap<>();
    images.forEach(
        (index, image) -> {
          try {
            outcomes.putAll(answer(requests, Map.of(index, image), 2));
          } catch (OrtException | RuntimeException e) {
            outcomes.put(index, modelError(e, 2));
          }
        });
    return outcomes;
  }

  private static CaptionFailure modelError(Exception e, int attempts) {
    return new CaptionFailure(
        CaptionFailure.Type.MODEL_ERROR,
        "the model failed on this request: " + e.getMessage(),
        0,
        attempts);
  }

  private Map<Integer, CaptionOutcome> answer(
      List<CaptionRequest> requests, Map<Integer, float[]> images, int attempts)
      throws OrtException {
    Map<Integer, CaptionOutcome> outcomes = new TreeMap<>();
    ImageFeatures features = model.encode(List.copyOf(images.values()));
    Map<Integer, Row> rows = new TreeMap<>();
    int position = 0;
    for (int index : images.keySet()) {
      try {
        rows.put(index, row(requests.get(index), features, position++));
      } catch (RequestException e) {
        outcomes.put(index, new CaptionFailure(e.type(), e.getMessage(), 0, attempts));
      }
    }
    if (!rows.isEmpty()) {
      model.generate(List.copyOf(rows.values()));
    }
    rows.forEach((index, row) -> outcomes.put(index, caption(row, attempts)));
    return outcomes;
  }

  private Row row(CaptionRequest request, ImageFeatures features, int position)
      throws RequestException {
    int[] prompt;
    try {
      prompt = model.prompts().encode(request.prompt(), features.length());
    } catch (IllegalArgumentException e) {
      throw new RequestException(CaptionFailure.Type.MODEL_ERROR, e.getMessage(), e);
    }
    int room = model.config().maxPositions() - prompt.length;
    if (room < 1) {
      throw new RequestException(
          CaptionFailure.Type.PROMPT_TOO_LONG,
          "prompt and image have %d tokens, and the model has %d positions; shorten the prompt"
              .formatted(prompt.length, model.config().maxPositions()),
          null);
    }
    return new Row(
        prompt,
        features.of(position),
        TokenDecoder.of(request.parameters(), request.seed()),
        Math.min(request.parameters().maxNewTokens(), room));
  }

  private Caption caption(Row row, int attempts) {
    return new Caption(
        model.prompts().decode(row.answer()),
        row.finishReason(),
        row.prompt().length,
        row.answerLength(),
        0,
        attempts);
  }

  private static CaptionOutcome timed(CaptionOutcome outcome, long millis) {
    if (outcome instanceof Caption caption) {
      return new Caption(
          caption.text(),
          caption.finishReason(),
          caption.promptTokens(),
          caption.completionTokens(),
          millis,
          caption.attempts());
    }
    CaptionFailure failure = (CaptionFailure) outcome;
    return new CaptionFailure(failure.type(), failure.message(), millis, failure.attempts());
  }

  /** One request can't be put to the model. */
  private static final class RequestException extends Exception {
    private static final long serialVersionUID = 1;

    private final CaptionFailure.Type type;

    RequestException(CaptionFailure.Type type, String message, Exception cause) {
      super(message, cause);
      this.type = type;
    }

    CaptionFailure.Type type() {
      return type;
    }
  }
}
