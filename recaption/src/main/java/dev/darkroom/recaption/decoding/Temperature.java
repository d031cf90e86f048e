package dev.darkroom.recaption.decoding;

/** Divides the scores: below 1 the probable becomes more probable, above 1 less. */
public final class Temperature implements LogitsProcessor {
  private final float temperature;

  /** With a temperature above 0. */
  public Temperature(double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "the temperature must be above 0: " + temperature + "; greedy decoding has none");
    }
    this.temperature = (float) temperature;
  }

  @Override
  public void process(TokenHistory history, float[] scores) {
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= temperature;
    }
  }
}
