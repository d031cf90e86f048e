/**
 * Graphs over ONNX Runtime: loaded as {@link dev.darkroom.models.onnx.GraphOptions} say, asked for
 * what they declare, and run.
 *
 * <p>What a graph computes is known to those who open it. Nothing of images, texts or tokenizers
 * may come in.
 */
package dev.darkroom.models.onnx;
