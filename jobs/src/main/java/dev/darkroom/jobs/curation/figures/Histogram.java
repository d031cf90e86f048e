package dev.darkroom.jobs.curation.figures;

import java.util.List;

/**
 * How often values fall into bins, in rising order; bins without any value may be left out.
 *
 * @param bins the bins
 */
public record Histogram(List<Bin> bins) {
  /** Takes a copy. */
  public Histogram {
    bins = List.copyOf(bins);
  }

  /**
   * A bin.
   *
   * @param from its lower end, included
   * @param to its upper end, excluded
   * @param count values in it
   */
  public record Bin(double from, double to, long count) {}

  /** Values in all bins. */
  public long total() {
    return bins.stream().mapToLong(Bin::count).sum();
  }
}
