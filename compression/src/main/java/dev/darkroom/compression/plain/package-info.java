/**
 * The lossless path for every image: grey to RGBA, 8 and 16 bits, any size, without a trained
 * model.
 *
 * <p>Blended causal prediction, bias correction and adaptive contexts, in integer arithmetic alone,
 * so that a stream means the same on every machine. {@link
 * dev.darkroom.compression.plain.PlainCoder} documents the stream. No floating point may come in
 * here, and nothing that depends on trained weights.
 */
package dev.darkroom.compression.plain;
