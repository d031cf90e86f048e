/**
 * Choosing the next token from a model's scores.
 *
 * <p>{@link dev.darkroom.recaption.decoding.LogitsProcessor}s change the scores, one after another
 * in the order of transformers' {@code GenerationMixin}; a {@link
 * dev.darkroom.recaption.decoding.TokenSampler} then takes one token. {@link
 * dev.darkroom.recaption.decoding.TokenDecoder} is both, made from a request's parameters and seed,
 * one for each row. Nothing of graphs, images or text may come in.
 */
package dev.darkroom.recaption.decoding;
