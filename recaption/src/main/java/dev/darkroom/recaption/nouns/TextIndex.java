package dev.darkroom.recaption.nouns;

import java.util.Map;

/**
 * An exact map from pieces of a text to rows of a table, frozen when built. A piece is found by a
 * hash that the caller rolls along, and then compared char by char.
 */
final class TextIndex {
  private final String[] keys;
  private final int[] hashes;
  private final int[] rows;
  private final int mask;
  private final int longest;

  /**
   * Takes texts and their rows.
   *
   * @param backwards whether hashes are rolled from the last char to the first
   */
  TextIndex(Map<String, Integer> entries, boolean backwards) {
    int size = Integer.highestOneBit(Math.max(1, entries.size())) * 4;
    keys = new String[size];
    hashes = new int[size];
    rows = new int[size];
    mask = size - 1;
    longest = entries.keySet().stream().mapToInt(String::length).max().orElse(0);
    entries.forEach((key, row) -> put(key, backwards ? backwardsHash(key) : key.hashCode(), row));
  }

  private void put(String key, int hash, int row) {
    int slot = slot(hash);
    while (keys[slot] != null) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    hashes[slot] = hash;
    rows[slot] = row;
  }

  /** The hash with one more char, whichever way it is rolled; that of nothing is 0. */
  static int roll(int hash, char next) {
    return 31 * hash + next;
  }

  /** Chars in the longest key: longer pieces need not be asked for. */
  int longest() {
    return longest;
  }

  /** The row of {@code text} from {@code from} to {@code to}, or {@code absent}. */
  int get(String text, int from, int to, int hash, int absent) {
    int slot = slot(hash);
    while (keys[slot] != null) {
      String key = keys[slot];
      if (hashes[slot] == hash
          && key.length() == to - from
          && text.regionMatches(from, key, 0, key.length())) {
        return rows[slot];
      }
      slot = (slot + 1) & mask;
    }
    return absent;
  }

  private int slot(int hash) {
    return ((hash * 0x9e3779b9) >>> 8) & mask;
  }

  private static int backwardsHash(String text) {
    int hash = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      hash = roll(hash, text.charAt(i));
    }
    return hash;
  }
}
