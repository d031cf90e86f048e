package dev.darkroom.jobs.curation.figures;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.Serializable;
import java.util.List;

/**
 * A row for people to look at.
 *
 * @param input the input
 * @param name what the image is called; empty where it has no name
 * @param stratum what it stands for: its status and how long its caption is
 * @param picture its image; with an empty address where there is none to show
 * @param texts its captions
 */
public record Sample(
    String input, String name, String stratum, Picture picture, List<Caption> texts) {
  /** Takes a copy. */
  public Sample {
    texts = List.copyOf(texts);
  }

  /**
   * A small picture of an image.
   *
   * @param data a {@code data:} address of a JPEG; empty where there is none
   * @param width pixels of the small picture; 0 where there is none
   * @param height pixels of the small picture; 0 where there is none
   * @param problem why there is no picture; empty where there is one, or no image at all
   */
  public record Picture(@JsonIgnore String data, int width, int height, String problem)
      implements Serializable {
    /** Where a table has no images. */
    public static final Picture NONE = new Picture("", 0, 0, "");
  }

  /**
   * A caption.
   *
   * @param label what it is called
   * @param text its beginning
   * @param characters how many characters (UTF-16 units) the whole has
   */
  public record Caption(String label, String text, long characters) {}
}
