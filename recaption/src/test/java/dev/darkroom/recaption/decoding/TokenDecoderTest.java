package dev.darkroom.recaption.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.darkroom.models.SplitMix64;
import dev.darkroom.recaption.DecodingParameters;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores and tokens against transformers' logits processors. */
class TokenDecoderTest {
  private static final int VOCABULARY = 48;

  private static JsonNode goldens() throws IOException {
    try (InputStream in = TokenDecoderTest.class.getResourceAsStream("goldens.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  static Stream<Named<JsonNode>> chains() throws IOException {
    return StreamSupport.stream(goldens().get("chains").spliterator(), false)
        .map(chain -> Named.of(chain.get("name").textValue(), chain));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void tokensAreThoseOfTransformers(JsonNode chain) {
    int seed = chain.get("seed").intValue();
    TokenDecoder decoder = TokenDecoder.of(parameters(chain), seed);
    TokenHistory history = new TokenHistory(3, 5, 3, 5, 7, 0, 0, 0);
    List<Integer> tokens = new ArrayList<>();
    for (int step = 0; step < chain.get("tokens").size(); step++) {
      float[] scores = scores(seed, step);
      int token = decoder.next(history, scores);
      tokens.add(token);
      history.add(token);
      assertThat(kept(scores))
          .as("kept at step %d", step)
          .isEqualTo(chain.get("kept").get(step).intValue());
    }
    assertThat(tokens).isEqualTo(integers(chain.get("tokens")));
  }

  private static DecodingParameters parameters(JsonNode chain) {
    JsonNode mirostat = chain.get("mirostat");
    return new DecodingParameters(
        1000,
        chain.get("temperature").doubleValue(),
        chain.get("topK").intValue(),
        chain.get("topP").doubleValue(),
        chain.get("repetitionPenalty").doubleValue(),
        chain.get("noRepeatNgramSize").intValue(),
        mirostat.isNull()
            ? Optional.empty()
            : Optional.of(
                new DecodingParameters.Mirostat(
                    mirostat.get(0).doubleValue(), mirostat.get(1).doubleValue())));
  }

  private static float[] scores(int seed, int step) {
    SplitMix64 random = new SplitMix64(seed * 1_000_003L + step);
    float[] scores = new float[VOCABULARY];
    for (int token = 0; token < VOCABULARY; token++) {
      scores[token] = (float) ((random.nextLong() >>> 40) % 97 / 8.0 - 6.0 + token / 1024.0);
    }
    return scores;
  }

  private static int kept(float[] scores) {
    int kept = 0;
    for (float score : scores) {
      kept += score > Float.NEGATIVE_INFINITY ? 1 : 0;
    }
    return kept;
  }

  private static List<Integer> integers(JsonNode array) {
    List<Integer> integers = new ArrayList<>();
    array.forEach(element -> integers.add(element.intValue()));
    return integers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RepetitionPenalty 1.5",
        "NoRepeatNgram 1",
        "NoRepeatNgram 3",
        "Temperature 0.7",
        "TopK 7",
        "TopP 0.6",
        "TopP 0.95"
      })
  void scoresAreThoseOfTransformers(String name) throws IOException {
    JsonNode single = goldens().get("single");
    float[] scores = floats(single.get("scores"));
    TokenHistory history =
        new TokenHistory(
            integers(single.get("history")).stream().mapToInt(token -> token).toArray());
    processor(name).process(history, scores);
    float[] golden = floats(single.get("processed").get(name));
    assertThat(scores).usingComparatorWithPrecision(1e-6f).containsExactly(golden);
  }

  private static LogitsProcessor processor(String name) {
    double value = Double.parseDouble(name.substring(name.indexOf(" ") + 1));
    return switch (name.substring(0, name.indexOf(" "))) {
      case "RepetitionPenalty" -> new RepetitionPenalty(value);
      case "NoRepeatNgram" -> new NoRepeatNgram((int) value);
      case "Temperature" -> new Temperature(value);
      case "TopK" -> new TopK((int) value);
      default -> new TopP(value);
    };
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = array.get(i).isNull() ? Float.NEGATIVE_INFINITY : array.get(i).floatValue();
    }
    return floats;
  }

  @Test
  void mirostatHoldsTheTarget() {
    double target = 5;
    Mirostat mirostat = new Mirostat(target, 0.1, new SplitMix64(1));
    float[] scores = new float[1000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) -Math.log(i + 1);
    }
    double sum = 0;
    double weights = 0;
    for (float score : scores) {
      weights += Math.exp(score);
    }
    int steps = 5000;
    for (int i = 0; i < steps; i++) {
      int token = mirostat.sample(scores.clone());
      sum += (Math.log(weights) - scores[token]) / Math.log(2);
    }
    assertThat(sum / steps).isCloseTo(target, within(0.05));
  }

  @Test
  void samplingFollowsTheProbabilities() {
    float[] scores = {(float) Math.log(0.5), (float) Math.log(0.3), (float) Math.log(0.2)};
    Multinomial sampler = new Multinomial(new SplitMix64(42));
    int[] counts = new int[3];
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      counts[sampler.sample(scores)]++;
    }
    assertThat(Arrays.stream(counts).mapToDouble(count -> count / (double) draws))
        .usingComparatorForType(
            (a, b) -> Math.abs(a - b) < 0.015 ? 0 : Double.compare(a, b), Double.class)
        .containsExactly(0.5, 0.3, 0.2);
  }

  @Test
  void scoresThatAllowNothingAreAnError() {
    for (TokenSampler sampler :
        List.of(
            new Greedy(),
            new Multinomial(new SplitMix64(0)),
            new Mirostat(1, 1, new SplitMix64(0)))) {
      assertThatThrownBy(() -> sampler.sample(new float[] {Float.NaN, Float.NEGATIVE_INFINITY}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no token can be chosen");
    }
    assertThat(new Greedy().sample(new float[] {Float.NaN, 1, 2})).isEqualTo(2);
  }
}
