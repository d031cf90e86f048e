package dev.darkroom.recaption.nouns;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How often each noun stands in a set of captions: an exact count that can be taken in parts and
 * merged in any order. Memory grows with the distinct nouns, not with the captions.
 *
 * <p>What counts as a noun, and as the same noun, is the caller's choice; to this class nouns are
 * strings. Not thread-safe.
 */
public final class NounCounts {
  private final Map<String, Tally> tallies;
  private long captions;
  private long total;

  /** Nothing counted yet. */
  public NounCounts() {
    this.tallies = new HashMap<>();
  }

  NounCounts(long captions, int distinct) {
    this.tallies = new HashMap<>(distinct * 4 / 3 + 1);
    this.captions = captions;
  }

  /** Occurrences of one noun. */
  private static final class Tally {
    private long occurrences;
    private long captions;
  }

  /**
   * A noun's line in the histogram.
   *
   * @param noun the noun
   * @param occurrences how often it stands in all captions together, 1 or more
   * @param captions how many captions it stands in, 1 to {@code occurrences}
   */
  public record Entry(String noun, long occurrences, long captions) {}

  /**
   * Counts a caption.
   *
   * @param nouns its nouns, each as often as it stands there
   */
  public void add(List<String> nouns) {
    captions++;
    total += nouns.size();
    new HashSet<>(nouns).forEach(noun -> tally(noun).captions++);
    nouns.forEach(noun -> tally(noun).occurrences++);
  }

  /** Adds what another one has counted, which stays as it is. */
  public void merge(NounCounts other) {
    captions += other.captions;
    total += other.total;
    other.tallies.forEach(
        (noun, theirs) -> {
          Tally ours = tally(noun);
          ours.occurrences += theirs.occurrences;
          ours.captions += theirs.captions;
        });
  }

  void put(Entry entry) {
    Tally tally = tally(entry.noun());
    tally.occurrences += entry.occurrences();
    tally.captions += entry.captions();
    total += entry.occurrences();
  }

  private Tally tally(String noun) {
    return tallies.computeIfAbsent(noun, ignored -> new Tally());
  }

  /** How many captions were counted. */
  public long captions() {
    return captions;
  }

  /** How many nouns stand in all captions together. */
  public long total() {
    return total;
  }

  /** How many different nouns there are. */
  public int distinct() {
    return tallies.size();
  }

  /** How often a noun stands in all captions together; 0 where it does not. */
  public long occurrences(String noun) {
    return Optional.ofNullable(tallies.get(noun)).map(tally -> tally.occurrences).orElse(0L);
  }

  /** All nouns, in no particular order. */
  public Stream<Entry> entries() {
    return tallies.entrySet().stream()
        .map(
            each ->
                new Entry(each.getKey(), each.getValue().occurrences, each.getValue().captions));
  }

  /** All nouns, the most frequent first, those as frequent by their letters. */
  public List<Entry> histogram() {
    return entries()
        .sorted(Comparator.comparingLong(Entry::occurrences).reversed().thenComparing(Entry::noun))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NounCounts that
        && captions == that.captions
        && total == that.total
        && histogram().equals(that.histogram());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(31 * captions + total);
  }

  @Override
  public String toString() {
    return "%d nouns, %d of them different, in %d captions".formatted(total, distinct(), captions);
  }
}
