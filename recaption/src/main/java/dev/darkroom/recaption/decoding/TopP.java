package dev.darkroom.recaption.decoding;

/**
 * Keeps the fewest most probable tokens that together reach a probability (nucleus sampling,
 * Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration"), at least one.
 */
public final class TopP implements LogitsProcessor {
  private final double probability;

  /** Keeps tokens up to a probability in (0, 1]. */
  public TopP(double probability) {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("p must be above 0 and at most 1: " + probability);
    }
    this.probability = probability;
  }

  @Override
  public void process(TokenHistory history, float[] scores) {
    Ranking ranking = Ranking.of(scores);
    double mass = 0;
    for (int rank = 0; rank < ranking.size(); rank++) {
      if (rank > 0 && mass >= probability) {
        scores[ranking.token(rank)] = Float.NEGATIVE_INFINITY;
      }
      mass += ranking.probability(rank);
    }
  }
}
