package dev.darkroom.jobs.scene.judging;

import java.util.List;

/** A ninth of the picture, in which an object's middle lies. In reading order. */
public enum PictureNinth {
  /** Top left. */
  TOP_LEFT("in the top left corner", "in the top left", "at the top left"),
  /** Top. */
  TOP("at the top", "on the top"),
  /** Top right. */
  TOP_RIGHT("in the top right corner", "in the top right", "at the top right"),
  /** Left. */
  LEFT("on the left", "at the left"),
  /** Centre. */
  CENTER("in the center", "in the middle"),
  /** Right. */
  RIGHT("on the right", "at the right"),
  /** Bottom left. */
  BOTTOM_LEFT("in the bottom left corner", "in the bottom left", "at the bottom left"),
  /** Bottom. */
  BOTTOM("at the bottom", "on the bottom"),
  /** Bottom right. */
  BOTTOM_RIGHT("in the bottom right corner", "in the bottom right", "at the bottom right");

  private final List<String> phrases;

  PictureNinth(String... phrases) {
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

  /**
   * The ninth that holds a point.
   *
   * @param x share of the width, 0 to 1
   * @param y share of the height, 0 to 1
   */
  public static PictureNinth of(double x, double y) {
    return values()[third(y) * 3 + third(x)];
  }

  private static int third(double share) {
    return Math.max(0, Math.min(2, (int) (share * 3)));
  }
}
