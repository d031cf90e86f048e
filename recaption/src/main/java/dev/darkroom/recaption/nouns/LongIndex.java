package dev.darkroom.recaption.nouns;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** An exact map from numbers to rows of a table, frozen when built. */
final class LongIndex {
  private final long[] keys;
  private final int[] rows;
  private final int mask;

  /** Takes rows that are not negative. */
  LongIndex(Map<Long, Integer> entries) {
    int size = Integer.highestOneBit(Math.max(1, entries.size())) * 4;
    keys = new long[size];
    rows = new int[size];
    mask = size - 1;
    Arrays.fill(rows, -1);
    entries.forEach(this::put);
  }

  /**
   * An index of texts of one length, packed by {@link #pack}.
   *
   * @param rows the rows of names
   * @param prefix what the names begin with that are taken
   * @param length how many chars follow in the names that are taken, 4 at most
   */
  static LongIndex ofChars(Map<String, Integer> rows, String prefix, int length) {
    Map<Long, Integer> entries = new HashMap<>();
    rows.forEach(
        (name, row) -> {
          if (name.startsWith(prefix) && name.length() == prefix.length() + length) {
            long key = 0;
            for (int i = prefix.length(); i < name.length(); i++) {
              key = pack(key, name.charAt(i));
            }
            entries.put(key, row);
          }
        });
    return new LongIndex(entries);
  }

  /** The key of a text of up to three chars and one more char; that of nothing is 0. */
  static long pack(long key, char next) {
    return key << Character.SIZE | next;
  }

  private void put(long key, int row) {
    int slot = slot(key);
    while (rows[slot] >= 0) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    rows[slot] = row;
  }

  /** The row of a key, or {@code absent}. */
  int get(long key, int absent) {
    int slot = slot(key);
    while (rows[slot] >= 0) {
      if (keys[slot] == key) {
        return rows[slot];
      }
      slot = (slot + 1) & mask;
    }
    return absent;
  }

  private int slot(long key) {
    return (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & mask;
  }
}
