package dev.darkroom.jobs.scene;

/** How one thing lies from another. */
public enum Direction {
  /** To the left. */
  LEFT_OF("left of", "to the left of"),
  /** To the right. */
  RIGHT_OF("right of", "to the right of"),
  /** Above. */
  ABOVE("above", "above"),
  /** Below. */
  BELOW("below", "below");

  private final String word;
  private final String phrase;

  Direction(String word, String phrase) {
    this.word = word;
    this.phrase = phrase;
  }

  /** The short form, for prompts and the truth. */
  public String word() {
    return word;
  }

  /** The form after "is" in a sentence. */
  String phrase() {
    return phrase;
  }

  /** How the other lies from the one. */
  public Direction inverse() {
    return switch (this) {
      case LEFT_OF -> RIGHT_OF;
      case RIGHT_OF -> LEFT_OF;
      case ABOVE -> BELOW;
      case BELOW -> ABOVE;
    };
  }
}
