package dev.darkroom.jobs.curation.figures;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Which nouns another set of captions uses more, and which less.
 *
 * @param before the set that is compared with
 * @param after the set that is compared
 * @param gained nouns with the largest gain
 * @param lost nouns with the largest loss
 */
public record NounShift(String before, String after, List<Change> gained, List<Change> lost) {
  /** Takes copies. */
  public NounShift {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }

  /**
   * How a noun's use changes.
   *
   * @param noun the noun
   * @param before times in 1,000 captions before
   * @param after times in 1,000 captions after
   */
  public record Change(String noun, double before, double after) {
    /** Times more in 1,000 captions. */
    @JsonProperty
    public double difference() {
      return after - before;
    }
  }
}
