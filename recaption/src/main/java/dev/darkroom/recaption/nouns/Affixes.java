package dev.darkroom.recaption.nouns;

import java.util.HashMap;
import java.util.Map;
import opennlp.tools.ml.model.Context;

/** The weights of the prefixes and suffixes of one to four chars of a token. */
final class Affixes {
  private static final int LONGEST = 4;

  private final Weights[] weights;
  private final LongIndex[] prefixes = new LongIndex[LONGEST];
  private final LongIndex[] suffixes = new LongIndex[LONGEST];

  Affixes(Map<String, Context> features) {
    Map<String, Integer> rows = new HashMap<>();
    weights = new Weights[features.size() + 1];
    weights[0] = Weights.NONE;
    features.forEach(
        (name, context) -> {
          if (name.startsWith("pre=") || name.startsWith("suf=")) {
            int row = rows.size() + 1;
            rows.put(name, row);
            weights[row] = Weights.of(context);
          }
        });
    for (int i = 0; i < LONGEST; i++) {
      prefixes[i] = LongIndex.ofChars(rows, "pre=", i + 1);
      suffixes[i] = LongIndex.ofChars(rows, "suf=", i + 1);
    }
  }

  /** Adds the suffixes' weights, the shortest first. */
  void addSuffixes(String token, double[] sums) {
    int end = token.length();
    for (int length = 1; length <= Math.min(LONGEST, end); length++) {
      long key = 0;
      for (int i = end - length; i < end; i++) {
        key = LongIndex.pack(key, token.charAt(i));
      }
      weights[suffixes[length - 1].get(key, 0)].addTo(sums);
    }
  }

  /** Adds the prefixes' weights, the shortest first. */
  void addPrefixes(String token, double[] sums) {
    long key = 0;
    for (int length = 1; length <= Math.min(LONGEST, token.length()); length++) {
      key = LongIndex.pack(key, token.charAt(length - 1));
      weights[prefixes[length - 1].get(key, 0)].addTo(sums);
    }
  }
}
