package dev.darkroom.recaption.privacy;

/**
 * Estimated frequencies of all items.
 *
 * <p>As they come from an oracle they are unbiased, and so some are below 0 and some may be above
 * 1.
 */
public final class FrequencyEstimates {
  private final double[] frequencies;
  private final long reports;

  /** Estimates; the array is taken over. */
  FrequencyEstimates(double[] frequencies, long reports) {
    this.frequencies = frequencies;
    this.reports = reports;
  }

  /** How many items there are. */
  public int universe() {
    return frequencies.length;
  }

  /** How many reports they were made from. */
  public long reports() {
    return reports;
  }

  /** An item's share of all reports. */
  public double frequency(int item) {
    return frequencies[item];
  }

  /** How many users have an item: its share times the number of reports. */
  public double count(int item) {
    return frequencies[item] * reports;
  }

  /**
   * The same, cut to what frequencies can be: 0 to 1. Each is then as near to the truth as before
   * or nearer, but no longer unbiased: rare items come out too high, and sums of them far too high.
   */
  public FrequencyEstimates clipped() {
    double[] cut = frequencies.clone();
    for (int i = 0; i < cut.length; i++) {
      cut[i] = Math.max(0, Math.min(1, cut[i]));
    }
    return new FrequencyEstimates(cut, reports);
  }
}
