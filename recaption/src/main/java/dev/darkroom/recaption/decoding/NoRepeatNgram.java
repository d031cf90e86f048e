package dev.darkroom.recaption.decoding;

/**
 * Rules out tokens that would complete an n-gram for the second time, as transformers' {@code
 * NoRepeatNGramLogitsProcessor}. The prompt counts.
 */
public final class NoRepeatNgram implements LogitsProcessor {
  private final int size;

  /** For n-grams of {@code size} tokens, at least 1. */
  public NoRepeatNgram(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("the n-gram size must be at least 1: " + size);
    }
    this.size = size;
  }

  @Override
  public void process(TokenHistory history, float[] scores) {
    int tail = history.size() - size + 1;
    for (int start = 0; start < tail; start++) {
      if (matches(history, start, tail)) {
        int token = history.token(start + size - 1);
        if (token < scores.length) {
          scores[token] = Float.NEGATIVE_INFINITY;
        }
      }
    }
  }

  /** Whether the size - 1 tokens from {@code start} on are the last ones of the history. */
  private boolean matches(TokenHistory history, int start, int tail) {
    for (int i = 0; i < size - 1; i++) {
      if (history.token(start + i) != history.token(tail + i)) {
        return false;
      }
    }
    return true;
  }
}
