package dev.darkroom.jobs.scene.judging;

import java.util.List;

/** How the objects of one group shall lie. */
public enum Arrangement {
  /** Side by side. */
  ROW("in a row"),
  /** One above the other. */
  COLUMN("in a column"),
  /** Neither. */
  SCATTERED("scattered around", "scattered");

  private final List<String> phrases;

  Arrangement(String... phrases) {
    this.phrases = List.of(phrases);
  }

  /** How texts say it; the first is the usual one. */
  List<String> phrases() {
    return phrases;
  }

  /** How texts usually say it. */
  public String phrase() {
    return phrases.get(0);
  }
}
