package dev.darkroom.jobs.score;

import java.util.Locale;

/** Whether an image has a score. */
public enum ScoreStatus {
  /** It has. */
  SCORED,
  /** The judge can't judge such prompts. */
  NOT_APPLICABLE,
  /** There is no image: it could not be generated. */
  NO_IMAGE,
  /** The image can't be decoded. */
  UNREADABLE,
  /** The judge failed. */
  FAILED;

  /** The name used in tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
