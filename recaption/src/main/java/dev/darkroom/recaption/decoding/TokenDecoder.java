package dev.darkroom.recaption.decoding;

import dev.darkroom.models.SplitMix64;
import dev.darkroom.recaption.DecodingParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the tokens of one row, as its parameters say, with random numbers of its own: what other
 * rows do makes no difference.
 */
public final class TokenDecoder {
  private final List<LogitsProcessor> processors;
  private final TokenSampler sampler;

  private TokenDecoder(List<LogitsProcessor> processors, TokenSampler sampler) {
    this.processors = List.copyOf(processors);
    this.sampler = sampler;
  }

  /**
   * The decoder of one row.
   *
   * @param parameters of the request
   * @param seed of its random choices
   */
  public static TokenDecoder of(DecodingParameters parameters, long seed) {
    List<LogitsProcessor> processors = new ArrayList<>();
    if (parameters.repetitionPenalty() != 1) {
      processors.add(new RepetitionPenalty(parameters.repetitionPenalty()));
    }
    if (parameters.noRepeatNgramSize() > 0) {
      processors.add(new NoRepeatNgram(parameters.noRepeatNgramSize()));
    }
    if (parameters.isGreedy()) {
      return new TokenDecoder(processors, new Greedy());
    }
    if (parameters.temperature() != 1) {
      processors.add(new Temperature(parameters.temperature()));
    }
    SplitMix64 random = new SplitMix64(seed);
    if (parameters.mirostat().isPresent()) {
      DecodingParameters.Mirostat mirostat = parameters.mirostat().get();
      return new TokenDecoder(
          processors, new Mirostat(mirostat.targetSurprise(), mirostat.learningRate(), random));
    }
    if (parameters.topK() > 0) {
      processors.add(new TopK(parameters.topK()));
    }
    if (parameters.topP() < 1) {
      processors.add(new TopP(parameters.topP()));
    }
    return new TokenDecoder(processors, new Multinomial(random));
  }

  /**
   * The next token.
   *
   * @param history the tokens so far; the chosen one is not added
   * @param scores the model's, one for each token of the vocabulary; overwritten
   */
  public int next(TokenHistory history, float[] scores) {
    for (LogitsProcessor processor : processors) {
      processor.process(history, scores);
    }
    return sampler.sample(scores);
  }
}
