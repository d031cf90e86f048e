package dev.darkroom.recaption.decoding;

import dev.darkroom.models.SplitMix64;
import java.util.Objects;

/** Takes a token at random, in proportion to the softmax of the scores. */
public final class Multinomial implements TokenSampler {
  private final SplitMix64 random;

  /** With the random numbers of one row. */
  public Multinomial(SplitMix64 random) {
    this.random = Objects.requireNonNull(random, "random");
  }

  @Override
  public int sample(float[] scores) {
    Ranking ranking = Ranking.of(scores);
    return ranking.token(ranking.pick(ranking.size(), random.nextDouble()));
  }
}
