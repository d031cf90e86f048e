package dev.darkroom.recaption.nouns;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What is counted of a set of captions: the words of each form, and the rows that hold no caption.
 * Exact, and mergeable in any order, as {@link NounCounts} is. Not thread-safe.
 */
public final class CaptionCensus {
  private final Map<WordForm, NounCounts> words = new EnumMap<>(WordForm.class);
  private long missing;
  private long blank;

  /**
   * Nothing counted yet.
   *
   * @param forms what is going to be counted
   */
  public CaptionCensus(Set<WordForm> forms) {
    forms.forEach(this::of);
  }

  CaptionCensus(long missing, long blank, Map<WordForm, NounCounts> words) {
    this.missing = missing;
    this.blank = blank;
    this.words.putAll(words);
  }

  /**
   * Counts a caption. One of white space alone is a caption without words, and is counted as blank
   * besides.
   */
  public void add(String caption, WordFinder finder) {
    if (caption.isBlank()) {
      blank++;
    }
    finder.find(caption).forEach((form, found) -> of(form).add(found));
  }

  /** Counts a row without a caption; it does not count among the captions. */
  public void addMissing() {
    missing++;
  }

  /** Adds what another one has counted, which stays as it is. */
  public void merge(CaptionCensus other) {
    missing += other.missing;
    blank += other.blank;
    other.words.forEach((form, counts) -> of(form).merge(counts));
  }

  private NounCounts of(WordForm form) {
    return words.computeIfAbsent(form, ignored -> new NounCounts());
  }

  /** The counts of each form, in the order of the forms. */
  public Map<WordForm, NounCounts> words() {
    return Collections.unmodifiableMap(words);
  }

  /** How many captions were counted. */
  public long captions() {
    return words.values().stream().mapToLong(NounCounts::captions).max().orElse(0);
  }

  /** How many rows had no caption. */
  public long missing() {
    return missing;
  }

  /** How many captions were white space. */
  public long blank() {
    return blank;
  }
}
