package dev.darkroom.recaption.decoding;

/** Takes the most probable token; of equal ones the first, as {@code torch.argmax} on a CPU. */
public final class Greedy implements TokenSampler {
  @Override
  public int sample(float[] scores) {
    int best = 0;
    for (int token = 1; token < scores.length; token++) {
      if (scores[token] > scores[best] || Float.isNaN(scores[best])) {
        best = token;
      }
    }
    if (!(scores[best] > Float.NEGATIVE_INFINITY)) {
      throw new IllegalStateException(
          "no token can be chosen: all are ruled out, or scores are no numbers; the model is"
              + " damaged, or the no-repeat n-gram size too small");
    }
    return best;
  }
}
