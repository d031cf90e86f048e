package dev.darkroom.recaption;

import java.util.Locale;

/** How good the answer to a request is, as far as that shows without looking at the image. */
public enum CaptionStatus {
  /** A caption that ended by itself. */
  OK,
  /** A caption that the limit on new tokens cut off. */
  CUT,
  /** The model answered with nothing. */
  EMPTY,
  /** The model repeats itself; see {@link LoopDetector}. */
  LOOPING,
  /** There is no answer. */
  FAILED;

  /** Judges an outcome. A caption that loops is looping, also where it was cut. */
  public static CaptionStatus of(CaptionOutcome outcome) {
    if (!(outcome instanceof Caption caption)) {
      return FAILED;
    }
    if (caption.text().isBlank()) {
      return EMPTY;
    }
    if (LoopDetector.isLooping(caption.text())) {
      return LOOPING;
    }
    return caption.finishReason() == FinishReason.LENGTH ? CUT : OK;
  }

  /** The name used in tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
