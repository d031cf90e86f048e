package dev.darkroom.recaption.decoding;

/** Changes the scores of the next token. Scores that rule a token out are negative infinity. */
@FunctionalInterface
public interface LogitsProcessor {
  /**
   * Changes the scores in place.
   *
   * @param history the tokens so far
   * @param scores one for each token of the vocabulary, larger for the more probable
   */
  void process(TokenHistory history, float[] scores);
}
