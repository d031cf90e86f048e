package dev.darkroom.generation;

/**
 * A text as the encoder reads it.
 *
 * @param ids of the tokens, filled up to the encoder's length
 * @param mask 1 for tokens of the text, 0 for what fills it up
 * @param truncated whether the text was longer
 */
record PromptTokens(long[] ids, long[] mask, boolean truncated) {}
