package dev.darkroom.recaption.nouns;

/**
 * What {@link NounDensity} may be expected to be of fewer captions, drawn at random without
 * replacement: so that sets of different size can be compared at a common size (Hurlbert, Ecology
 * 52, 1971; by captions as in Colwell et al., 2004).
 *
 * <p>A noun that stands in d of N captions stands in X of n drawn ones, where X is hypergeometric.
 * It is among them where X is 1 or more, which is exact; it is valid where X times its occurrences
 * in one such caption, on average, is more than the threshold, which is exact for nouns that no
 * caption repeats.
 */
public final class Rarefaction {
  private final NounCounts counts;
  private final long threshold;

  /**
   * Of some counts, which must not change any more.
   *
   * @param threshold a noun that stands more often than this is valid
   */
  public Rarefaction(NounCounts counts, long threshold) {
    this.counts = counts;
    this.threshold = threshold;
  }

  /**
   * What is expected.
   *
   * @param captions captions drawn, n
   * @param valid different nouns that are valid
   * @param distinct different nouns
   * @param total nouns
   */
  public record Expected(long captions, double valid, double distinct, double total) {
    /** VN/DN, from 0 to 1; 0 where no noun is expected. */
    public double validShare() {
      return distinct == 0 ? 0 : valid / distinct;
    }
  }

  /**
   * What is expected of so many captions.
   *
   * @param captions from 0 to the number of captions that were counted
   */
  public Expected to(long captions) {
    if (captions < 0 || captions > counts.captions()) {
      throw new IllegalArgumentException(
          "of %d captions %d can't be drawn; draw 0 to %d"
              .formatted(counts.captions(), captions, counts.captions()));
    }
    double valid = 0;
    double distinct = 0;
    Hypergeometric drawn = new Hypergeometric(counts.captions(), captions);
    // The sum must not depend on the order of a hash table.
    for (NounCounts.Entry entry : counts.histogram()) {
      distinct += drawn.moreThan(entry.captions(), 0);
      double each = (double) entry.occurrences() / entry.captions();
      valid += drawn.moreThan(entry.captions(), (long) Math.floor(threshold / each));
    }
    double total =
        counts.captions() == 0 ? 0 : (double) counts.total() * captions / counts.captions();
    return new Expected(captions, valid, distinct, total);
  }
}
