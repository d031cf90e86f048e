package dev.darkroom.recaption.llava;

import dev.darkroom.recaption.FinishReason;
import dev.darkroom.recaption.decoding.TokenDecoder;
import dev.darkroom.recaption.decoding.TokenHistory;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Set;

/** One prompt with its image, and the answer as it grows. */
final class Row {
  private final int[] prompt;
  private final FloatBuffer features;
  private final TokenDecoder decoder;
  private final int maxTokens;
  private final TokenHistory history;
  private Optional<FinishReason> finish = Optional.empty();

  /**
   * A row without an answer yet.
   *
   * @param prompt its tokens, the image token repeated once for each feature
   * @param features of its image, {@code length x width} floats
   * @param decoder chooses its tokens
   * @param maxTokens the longest answer
   */
  Row(int[] prompt, FloatBuffer features, TokenDecoder decoder, int maxTokens) {
    this.prompt = prompt;
    this.features = features;
    this.decoder = decoder;
    this.maxTokens = maxTokens;
    this.history = new TokenHistory(prompt);
  }

  int[] prompt() {
    return prompt;
  }

  FloatBuffer features() {
    return features.duplicate();
  }

  /** Chooses the next token and notes whether it is the last. */
  void add(float[] scores, Set<Integer> endTokens) {
    int token = decoder.next(history, scores);
    history.add(token);
    if (endTokens.contains(token)) {
      finish = Optional.of(FinishReason.STOP);
    } else if (answerLength() >= maxTokens) {
      finish = Optional.of(FinishReason.LENGTH);
    }
  }

  boolean isFinished() {
    return finish.isPresent();
  }

  FinishReason finishReason() {
    return finish.orElseThrow();
  }

  int lastToken() {
    return history.token(history.size() - 1);
  }

  int answerLength() {
    return history.size() - prompt.length;
  }

  /** The generated tokens, the end token included. */
  long[] answer() {
    long[] answer = new long[answerLength()];
    for (int i = 0; i < answer.length; i++) {
      answer[i] = history.token(prompt.length + i);
    }
    return answer;
  }
}
