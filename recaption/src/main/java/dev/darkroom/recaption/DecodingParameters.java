package dev.darkroom.recaption;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the next token is chosen. The names and meanings are those of transformers' {@code
 * GenerationConfig}.
 *
 * @param maxNewTokens at least 1
 * @param temperature at least 0; 0 means greedy decoding
 * @param topK keep the k most probable tokens; 0 keeps all
 * @param topP keep the most probable tokens that together reach this probability, in (0, 1]; 1
 *     keeps all
 * @param repetitionPenalty above 0; 1 means none (Keskar et al. 2019, CTRL, section 4.1)
 * @param noRepeatNgramSize no n-gram of this many tokens comes twice; 0 allows all
 * @param mirostat steers the surprise of the text in place of top-k and top-p, where given
 */
public record DecodingParameters(
    int maxNewTokens,
    double temperature,
    int topK,
    double topP,
    double repetitionPenalty,
    int noRepeatNgramSize,
    Optional<Mirostat> mirostat) {

  /**
   * Mirostat's target (Basu et al. 2021, "Mirostat: a neural text decoding algorithm that directly
   * controls perplexity", algorithm 2).
   *
   * @param targetSurprise tau, in bits per token, above 0
   * @param learningRate eta, above 0
   */
  public record Mirostat(double targetSurprise, double learningRate) {}

  /** Refuses values out of range, naming them all. */
  public DecodingParameters {
    Objects.requireNonNull(mirostat, "mirostat");
    List<String> faults = new ArrayList<>();
    check(maxNewTokens >= 1, "maxNewTokens must be at least 1: " + maxNewTokens, faults);
    check(
        temperature >= 0 && temperature < Double.POSITIVE_INFINITY,
        "temperature must be 0 or above: " + temperature,
        faults);
    check(topK >= 0, "topK must be 0 or above: " + topK, faults);
    check(topP > 0 && topP <= 1, "topP must be above 0 and at most 1: " + topP, faults);
    check(
        repetitionPenalty > 0 && repetitionPenalty < Double.POSITIVE_INFINITY,
        "repetitionPenalty must be above 0: " + repetitionPenalty,
        faults);
    check(
        noRepeatNgramSize >= 0,
        "noRepeatNgramSize must be 0 or above: " + noRepeatNgramSize,
        faults);
    mirostat.ifPresent(
        m -> {
          check(
              m.targetSurprise() > 0,
              "targetSurprise must be above 0: " + m.targetSurprise(),
              faults);
          check(m.learningRate() > 0, "learningRate must be above 0: " + m.learningRate(), faults);
        });
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  private static void check(boolean holds, String fault, List<String> faults) {
    if (!holds) {
      faults.add(fault);
    }
  }

  /** Greedy decoding, up to a number of new tokens. */
  public static DecodingParameters greedy(int maxNewTokens) {
    return new DecodingParameters(maxNewTokens, 0, 0, 1, 1, 0, Optional.empty());
  }

  /** Whether the most probable token is always taken. */
  public boolean isGreedy() {
    return temperature == 0;
  }
}
