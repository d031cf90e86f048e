package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.DecodingParameters;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * {@link DecodingParameters} in a form that travels. A Mirostat target of 0 means none.
 *
 * @param maxNewTokens see {@link DecodingParameters}
 * @param temperature see {@link DecodingParameters}
 * @param topK see {@link DecodingParameters}
 * @param topP see {@link DecodingParameters}
 * @param repetitionPenalty see {@link DecodingParameters}
 * @param noRepeatNgramSize see {@link DecodingParameters}
 * @param mirostatTarget see {@link DecodingParameters.Mirostat}
 * @param mirostatRate see {@link DecodingParameters.Mirostat}
 */
public record Decoding(
    int maxNewTokens,
    double temperature,
    int topK,
    double topP,
    double repetitionPenalty,
    int noRepeatNgramSize,
    double mirostatTarget,
    double mirostatRate)
    implements Serializable {

  /** The same parameters. */
  public static Decoding of(DecodingParameters parameters) {
    return new Decoding(
        parameters.maxNewTokens(),
        parameters.temperature(),
        parameters.topK(),
        parameters.topP(),
        parameters.repetitionPenalty(),
        parameters.noRepeatNgramSize(),
        parameters.mirostat().map(DecodingParameters.Mirostat::targetSurprise).orElse(0.0),
        parameters.mirostat().map(DecodingParameters.Mirostat::learningRate).orElse(0.0));
  }

  /** The same parameters. */
  public DecodingParameters parameters() {
    return new DecodingParameters(
        maxNewTokens,
        temperature,
        topK,
        topP,
        repetitionPenalty,
        noRepeatNgramSize,
        mirostatTarget == 0
            ? Optional.empty()
            : Optional.of(new DecodingParameters.Mirostat(mirostatTarget, mirostatRate)));
  }

  /** The parameters as a JSON object, always in this order and with all of them. */
  public String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"max_new_tokens\":%d,\"temperature\":%s,\"top_k\":%d,\"top_p\":%s,"
            + "\"repetition_penalty\":%s,\"no_repeat_ngram_size\":%d,\"mirostat_tau\":%s,"
            + "\"mirostat_eta\":%s}",
        maxNewTokens,
        temperature,
        topK,
        topP,
        repetitionPenalty,
        noRepeatNgramSize,
        mirostatTarget,
        mirostatRate);
  }
}
