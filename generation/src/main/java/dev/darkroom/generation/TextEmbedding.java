package dev.darkroom.generation;

/**
 * What the text encoder makes of a text.
 *
 * @param states {@code length x width} values
 * @param length tokens, those that fill the text up included
 * @param tokens the text that was encoded
 */
record TextEmbedding(float[] states, int length, PromptTokens tokens) {
  int width() {
    return states.length / length;
  }
}
