package dev.darkroom.recaption.nouns;

/**
 * How much a set of captions tells: a row of PixArt-alpha's table 1 (Chen et al., 2023, section
 * 2.4).
 *
 * <p>VN/DN grows with the number of captions, since most nouns of a small set are too rare to be
 * valid: compare sets of different size by {@link Rarefaction} alone.
 *
 * @param captions captions that were counted, N
 * @param threshold a noun that stands more often than this in all captions is valid
 * @param valid different nouns that are valid, VN
 * @param distinct different nouns, DN
 * @param total nouns in all captions together
 */
public record NounDensity(long captions, long threshold, long valid, long distinct, long total) {
  /** The threshold of table 1: valid nouns appear more than 10 times. */
  public static final long USUAL_THRESHOLD = 10;

  /** The row of some counts. */
  public static NounDensity of(NounCounts counts, long threshold) {
    long valid = counts.entries().filter(entry -> entry.occurrences() > threshold).count();
    return new NounDensity(counts.captions(), threshold, valid, counts.distinct(), counts.total());
  }

  /** VN/DN, from 0 to 1; 0 where there is no noun. */
  public double validShare() {
    return distinct == 0 ? 0 : (double) valid / distinct;
  }

  /** Nouns of a caption on average; 0 where there is no caption. */
  public double average() {
    return captions == 0 ? 0 : (double) total / captions;
  }
}
