package dev.darkroom.recaption.nouns;

/**
 * Remembers what was worked out for texts, in a fixed number of places; a newer text takes the
 * place of an older one.
 *
 * <p>Threads share it without locks: an entry is immutable and depends on its text alone, so
 * whoever sees an old entry, or none, works out the same again.
 */
final class TextMemo<E extends TextMemo.Entry> {
  /** Longer texts are rare, and are not kept. */
  static final int LONGEST = 64;

  private final Entry[] entries;

  /** Something immutable that was worked out for a text. */
  interface Entry {
    String text();
  }

  /** A memo with two to the power of {@code bits} places. */
  TextMemo(int bits) {
    entries = new Entry[1 << bits];
  }

  /**
   * The entry of a part of a text, or null.
   *
   * @param hash the part's {@link String#hashCode}
   */
  @SuppressWarnings("unchecked") // only entries of type E are kept
  E find(String text, int from, int to, int hash) {
    Entry entry = entries[place(hash)];
    if (entry != null
        && entry.text().length() == to - from
        && text.regionMatches(from, entry.text(), 0, to - from)) {
      return (E) entry;
    }
    return null;
  }

  void keep(E entry) {
    if (entry.text().length() <= LONGEST) {
      entries[place(entry.text().hashCode())] = entry;
    }
  }

  private int place(int hash) {
    return ((hash * 0x9e3779b9) >>> 8) & (entries.length - 1);
  }
}
