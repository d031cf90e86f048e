package dev.darkroom.compression.plain;

import java.util.Arrays;

/**
 * The probabilities of the tokens of one context, learnt while coding.
 *
 * <p>Frequencies sum to 2^{@value #PRECISION} and each token has one at least. They are rebuilt
 * from the counts after 4, then 8, 16 ... {@value #LONGEST_INTERVAL} tokens; the counts are halved
 * where they exceed {@value #LARGEST_TOTAL}, so that old tokens fade.
 */
final class AdaptiveTable {
  static final int PRECISION = 16;

  private static final int TOTAL = 1 << PRECISION;
  private static final int INCREMENT = 32;
  private static final long PRIOR = 3 * INCREMENT;
  private static final int LARGEST_TOTAL = 1 << 16;
  private static final int LONGEST_INTERVAL = 256;
  private static final int COARSE_SHIFT = 8;

  private final int[] counts;

  /** The first slot of each token, and 2^16 after the last. */
  private final int[] starts;

  /** For each 256 slots, the token that owns the first of them. */
  private final byte[] coarse = new byte[TOTAL >>> COARSE_SHIFT];

  private int interval = 4;
  private int untilRebuild = 4;

  /**
   * A table before its first token.
   *
   * @param tokens the number of tokens, 1 to 127
   * @param scale the folded residual expected at about the median, 1 or more: larger ones are less
   *     likely from the start
   */
  AdaptiveTable(int tokens, int scale) {
    counts = new int[tokens];
    starts = new int[tokens + 1];
    for (int token = 0; token < tokens; token++) {
      long value = ResidualTokens.join(token, 0);
      long distance = value + scale;
      long size = 1L << ResidualTokens.rawBits(token);
      counts[token] = (int) (PRIOR * scale * size / (distance * distance));
    }
    rebuild();
  }

  int start(int token) {
    return starts[token];
  }

  int frequency(int token) {
    return starts[token + 1] - starts[token];
  }

  /** The token that owns a slot from 0 to 2^16 - 1. */
  int find(int slot) {
    int token = coarse[slot >>> COARSE_SHIFT];
    while (starts[token + 1] <= slot) {
      token++;
    }
    return token;
  }

  /** Learns from a token that was coded. */
  void update(int token) {
    counts[token] += INCREMENT;
    if (--untilRebuild == 0) {
      interval = Math.min(2 * interval, LONGEST_INTERVAL);
      untilRebuild = interval;
      rebuild();
    }
  }

  private void rebuild() {
    int total = Arrays.stream(counts).sum();
    if (total > LARGEST_TOTAL) {
      total = 0;
      for (int i = 0; i < counts.length; i++) {
        counts[i] >>>= 1;
        total += counts[i];
      }
    }
    long shared = TOTAL - counts.length;
    int largest = 0;
    int start = 0;
    for (int i = 0; i < counts.length; i++) {
      starts[i] = start;
      start += 1 + (total == 0 ? 0 : (int) (shared * counts[i] / total));
      if (counts[i] > counts[largest]) {
        largest = i;
      }
    }
    int rest = TOTAL - start;
    for (int i = largest + 1; i < counts.length; i++) {
      starts[i] += rest;
    }
    starts[counts.length] = TOTAL;
    int token = 0;
    for (int i = 0; i < coarse.length; i++) {
      while (starts[token + 1] <= i << COARSE_SHIFT) {
        token++;
      }
      coarse[i] = (byte) token;
    }
  }
}
