package dev.darkroom.recaption;

/** Why a model stopped. */
public enum FinishReason {
  /** It said that it was done. */
  STOP,
  /** It reached the limit on new tokens: the caption is cut. */
  LENGTH,
  /** The endpoint held something back or gave a reason of its own. */
  OTHER
}
