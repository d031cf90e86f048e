package dev.darkroom.jobs.cli;

import dev.darkroom.recaption.DecodingParameters;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How answers are decoded. */
final class DecodingOptions {
  @Option(
      names = "--max-new-tokens",
      paramLabel = "<tokens>",
      description = "The most tokens of a caption. Default: ${DEFAULT-VALUE} tokens.")
  private int maxNewTokens = 256;

  @Option(
      names = "--temperature",
      paramLabel = "<t>",
      description = "0 takes the most probable token; above, tokens are drawn. Default: 0.")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "<k>",
      description = "Draw among the k most probable tokens; 0 among all. Default: 0.")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "<p>",
      description =
          "Draw among the most probable tokens that together reach this probability. Default: 1.")
  private double topP = 1;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "<r>",
      description = "Above 1, tokens that were there become less probable. Default: 1, none.")
  private double repetitionPenalty = 1;

  @Option(
      names = "--no-repeat-ngram",
      paramLabel = "<n>",
      description = "No run of n tokens comes twice; 0 allows all. Default: 0.")
  private int noRepeatNgram;

  @Option(
      names = "--mirostat",
      paramLabel = "<tau>",
      description =
          "Keep the surprise of tokens at this many bits, in place of top-k and top-p; needs "
              + "--temperature. Default: not done.")
  private Optional<Double> mirostat = Optional.empty();

  @Option(
      names = "--mirostat-rate",
      paramLabel = "<eta>",
      description = "How fast Mirostat corrects itself. Default: 0.1.")
  private double mirostatRate = 0.1;

  /**
   * The parameters.
   *
   * @throws IllegalArgumentException where some are out of range, naming them all
   */
  DecodingParameters parameters() {
    if (mirostat.isPresent() && temperature == 0) {
      throw new IllegalArgumentException(
          "--mirostat needs a --temperature above 0: it steers how tokens are drawn");
    }
    return new DecodingParameters(
        maxNewTokens,
        temperature,
        topK,
        topP,
        repetitionPenalty,
        noRepeatNgram,
        mirostat.map(tau -> new DecodingParameters.Mirostat(tau, mirostatRate)));
  }
}
