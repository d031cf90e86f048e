package dev.darkroom.recaption.decoding;

import java.util.BitSet;

/**
 * Makes tokens that came before less probable: positive scores are divided by the penalty, negative
 * ones multiplied (Keskar et al. 2019, "CTRL", section 4.1). The prompt counts, as in transformers'
 * {@code RepetitionPenaltyLogitsProcessor}; padding does not.
 */
public final class RepetitionPenalty implements LogitsProcessor {
  private final float penalty;

  /** With a penalty above 0; above 1 it discourages repetition. */
  public RepetitionPenalty(double penalty) {
    if (!(penalty > 0)) {
      throw new IllegalArgumentException("the repetition penalty must be above 0: " + penalty);
    }
    this.penalty = (float) penalty;
  }

  @Override
  public void process(TokenHistory history, float[] scores) {
    BitSet seen = new BitSet(scores.length);
    for (int i = 0; i < history.size(); i++) {
      int token = history.token(i);
      if (token < scores.length && !seen.get(token)) {
        seen.set(token);
        float score = scores[token];
        scores[token] = score < 0 ? score * penalty : score / penalty;
      }
    }
  }
}
