package dev.darkroom.recaption.nouns;

/**
 * Remembers what was worked out for texts, in a fixed number of places; newer texts take the places
 * of older ones.
 *
 * <p>Threads share it without locks: an entry is immutable and depends on its text alone, so
 * whoever sees an old entry, or none, works out the same again. Hashes are kept aside so that most
 * texts that are not there are known by one look; entries are compared char by char.
 */
final class TextMemo<E extends TextMemo.Entry> {
  /** Longer texts are rare, and are not kept. */
  static final int LONGEST = 64;

  private final Entry[] entries;
  private final int[] hashes;

  /** Something immutable that was worked out for a text. */
  interface Entry {
    String text();
  }

  /** A memo with two to the power of {@code bits} places, two for each hash. */
  TextMemo(int bits) {
    entries = new Entry[1 << bits];
    hashes = new int[1 << bits];
  }

  /**
   * The entry of a part of a text, or null.
   *
   * @param hash the part's {@link String#hashCode}
   */
  E find(String text, int from, int to, int hash) {
    int place = place(hash);
    E entry = find(place, text, from, to, hash);
    return entry != null ? entry : find(place + 1, text, from, to, hash);
  }

  @SuppressWarnings("unchecked") // only entries of type E are kept
  private E find(int place, String text, int from, int to, int hash) {
    if (hashes[place] != hash) {
      return null;
    }
    Entry entry = entries[place];
    if (entry != null
        && entry.text().length() == to - from
        && text.regionMatches(from, entry.text(), 0, to - from)) {
      return (E) entry;
    }
    return null;
  }

  /** Keeps an entry instead of the older one of its two places. */
  void keep(E entry) {
    if (entry.text().length() <= LONGEST) {
      int hash = entry.text().hashCode();
      int place = place(hash);
      entries[place + 1] = entries[place];
      hashes[place + 1] = hashes[place];
      entries[place] = entry;
      hashes[place] = hash;
    }
  }

  private int place(int hash) {
    return ((hash * 0x9e3779b9) >>> 8) & (entries.length - 2);
  }
}
