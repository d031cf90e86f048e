package dev.darkroom.recaption.decoding;

import java.util.Arrays;

/** The tokens of one row so far: the prompt's, image tokens included, and the generated ones. */
public final class TokenHistory {
  private int[] tokens;
  private int size;

  /** A history that begins with a prompt. */
  public TokenHistory(int... prompt) {
    this.tokens = Arrays.copyOf(prompt, Math.max(16, prompt.length + 64));
    this.size = prompt.length;
  }

  /** How many tokens there are. */
  public int size() {
    return size;
  }

  /** The token at a place from 0 to size - 1. */
  public int token(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return tokens[index];
  }

  /** Adds a token at the end. */
  public void add(int token) {
    if (size == tokens.length) {
      tokens = Arrays.copyOf(tokens, size * 2);
    }
    tokens[size++] = token;
  }
}
