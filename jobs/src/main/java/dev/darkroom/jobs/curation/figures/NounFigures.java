package dev.darkroom.jobs.curation.figures;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The nouns of a set of captions: a row of table 1 of PixArt-alpha.
 *
 * @param density all captions
 * @param rarefied what to expect of as many captions as the smallest set has
 * @param curve how often the noun of a rank occurs, at ranks about evenly spaced in the logarithm
 * @param top the most frequent nouns
 */
public record NounFigures(
    Density density, Density rarefied, List<RankPoint> curve, List<Tally> top) {
  /** Takes copies. */
  public NounFigures {
    curve = List.copyOf(curve);
    top = List.copyOf(top);
  }

  /**
   * Noun density.
   *
   * @param captions how many captions
   * @param valid distinct nouns that occur more often than the threshold
   * @param distinct distinct nouns
   * @param total nouns, each as often as it occurs
   */
  public record Density(long captions, double valid, double distinct, double total) {
    /** Valid nouns as a share of the distinct ones; 0 where there are none. */
    @JsonProperty
    public double ratio() {
      return distinct == 0 ? 0 : valid / distinct;
    }

    /** Nouns in a caption; 0 where there is none. */
    @JsonProperty
    public double average() {
      return captions == 0 ? 0 : total / captions;
    }
  }

  /**
   * A point of the rank-frequency curve.
   *
   * @param rank of a noun, 1 for the most frequent one
   * @param count how often it occurs
   */
  public record RankPoint(long rank, long count) {}
}
