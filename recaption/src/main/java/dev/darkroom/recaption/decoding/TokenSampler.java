package dev.darkroom.recaption.decoding;

/** Takes one token by its score. May hold the state of one row. */
@FunctionalInterface
public interface TokenSampler {
  /**
   * The next token.
   *
   * @param scores one for each token of the vocabulary; negative infinity rules a token out
   */
  int sample(float[] scores);
}
