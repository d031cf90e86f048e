package dev.darkroom.jobs.curation;

import dev.darkroom.jobs.curation.figures.NounFigures;
import dev.darkroom.jobs.curation.figures.NounFigures.Density;
import dev.darkroom.jobs.curation.figures.NounFigures.RankPoint;
import dev.darkroom.jobs.curation.figures.NounShift;
import dev.darkroom.jobs.curation.figures.NounShift.Change;
import dev.darkroom.jobs.curation.figures.Tally;
import dev.darkroom.recaption.nouns.NounCounts;
import dev.darkroom.recaption.nouns.NounDensity;
import dev.darkroom.recaption.nouns.Rarefaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes figures of counts of nouns. */
final class NounMeasures {
  private static final int TOP = 25;
  private static final int CHANGES = 15;
  private static final int POINTS_PER_DECADE = 16;

  private final long threshold;

  /** Of nouns that are valid where they occur more often than the threshold. */
  NounMeasures(long threshold) {
    this.threshold = threshold;
  }

  /**
   * The figures of a set.
   *
   * @param common how many captions it is rarefied to, at most as many as were counted
   */
  NounFigures figures(NounCounts counts, long common) {
    NounDensity density = NounDensity.of(counts, threshold);
    Rarefaction.Expected expected = new Rarefaction(counts, threshold).to(common);
    List<NounCounts.Entry> histogram = counts.histogram();
    return new NounFigures(
        new Density(density.captions(), density.valid(), density.distinct(), density.total()),
        new Density(expected.captions(), expected.valid(), expected.distinct(), expected.total()),
        ranks(histogram.size()).stream()
            .map(rank -> new RankPoint(rank, histogram.get(rank - 1).occurrences()))
            .toList(),
        histogram.stream()
            .limit(TOP)
            .map(entry -> new Tally(entry.noun(), entry.occurrences()))
            .toList());
  }

  /** Ranks from 1 to the last, about evenly spaced in the logarithm. */
  private static List<Integer> ranks(int last) {
    TreeSet<Integer> ranks = new TreeSet<>();
    for (int step = 0; ; step++) {
      int rank = (int) Math.round(StrictMath.pow(10, (double) step / POINTS_PER_DECADE));
      if (rank >= last) {
        break;
      }
      ranks.add(rank);
    }
    if (last > 0) {
      ranks.add(last);
    }
    return new ArrayList<>(ranks);
  }

  /** Which nouns the second set uses more than the first, and which less. */
  NounShift shift(String before, NounCounts left, String after, NounCounts right) {
    List<Change> changes =
        Stream.concat(left.entries(), right.entries())
            .map(NounCounts.Entry::noun)
            .distinct()
            .map(noun -> new Change(noun, rate(left, noun), rate(right, noun)))
            .toList();
    Comparator<Change> byGain = Comparator.comparingDouble(Change::difference);
    Comparator<Change> byNoun = Comparator.comparing(Change::noun);
    return new NounShift(
        before,
        after,
        changes.stream()
            .filter(change -> change.difference() > 0)
            .sorted(byGain.reversed().thenComparing(byNoun))
            .limit(CHANGES)
            .toList(),
        changes.stream()
            .filter(change -> change.difference() < 0)
            .sorted(byGain.thenComparing(byNoun))
            .limit(CHANGES)
            .toList());
  }

  private static double rate(NounCounts counts, String noun) {
    return counts.captions() == 0 ? 0 : 1000.0 * counts.occurrences(noun) / counts.captions();
  }
}
