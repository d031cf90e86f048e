package dev.darkroom.recaption.decoding;

import dev.darkroom.models.SplitMix64;
import java.util.Objects;

/**
 * Keeps the surprise of the text near a target (Basu et al. 2021, "Mirostat: a neural text decoding
 * algorithm that directly controls perplexity", algorithm 2).
 *
 * <p>Tokens with a surprise, {@code -log2 p}, above {@code mu} are ruled out (the most probable
 * stays); one of the others is taken in proportion to its probability; {@code mu} then moves
 * against the error, {@code mu -= eta * (surprise - tau)}, where the surprise is that of the token
 * under the whole distribution. {@code mu} begins at {@code 2 tau}.
 */
public final class Mirostat implements TokenSampler {
  private static final double LOG_2 = StrictMath.log(2);

  private final double target;
  private final double learningRate;
  private final SplitMix64 random;
  private double limit;

  /**
   * For one row.
   *
   * @param targetSurprise tau, in bits per token, above 0
   * @param learningRate eta, above 0
   * @param random the row's random numbers
   */
  public Mirostat(double targetSurprise, double learningRate, SplitMix64 random) {
    if (!(targetSurprise > 0 && learningRate > 0)) {
      throw new IllegalArgumentException(
          "target surprise and learning rate must be above 0: %s, %s"
              .formatted(targetSurprise, learningRate));
    }
    this.target = targetSurprise;
    this.learningRate = learningRate;
    this.random = Objects.requireNonNull(random, "random");
    this.limit = 2 * targetSurprise;
  }

  @Override
  public int sample(float[] scores) {
    Ranking ranking = Ranking.of(scores);
    int kept = 1;
    while (kept < ranking.size() && surprise(ranking.probability(kept)) <= limit) {
      kept++;
    }
    int rank = ranking.pick(kept, random.nextDouble());
    limit -= learningRate * (surprise(ranking.probability(rank)) - target);
    return ranking.token(rank);
  }

  /** Above which surprise, in bits, tokens are ruled out next: mu. */
  public double limit() {
    return limit;
  }

  private static double surprise(double probability) {
    return -StrictMath.log(probability) / LOG_2;
  }
}
