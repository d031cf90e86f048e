/**
 * LLaVA models in this JVM, over ONNX Runtime.
 *
 * <p>A model is a folder in the layout that transformers.js and onnx-community publish: {@code
 * onnx/vision_encoder.onnx}, {@code onnx/embed_tokens.onnx}, {@code onnx/decoder_model_merged.onnx}
 * beside {@code config.json}, {@code preprocessor_config.json}, {@code generation_config.json},
 * {@code tokenizer.json} and a chat template. {@link
 * dev.darkroom.recaption.llava.LlavaCaptioner#open} reads one. Everything is done as transformers
 * does it, so that greedy decoding gives the same tokens.
 *
 * <p>Choosing tokens belongs to {@code decoding}, pixels to {@code image}; neither knows of this
 * package.
 */
package dev.darkroom.recaption.llava;
