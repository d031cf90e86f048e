/**
 * Images from text by diffusion models.
 *
 * <p>What is asked and what is answered lives here, and the {@link
 * dev.darkroom.generation.DiffusionPipeline} between them: folders and their hashes, texts to
 * embeddings, the model's graphs over ONNX Runtime, guidance, and latents to pixels. The parts that
 * need no model are in the packages below: {@code noise} draws the noise, {@code scheduler} takes
 * the steps from noise to image. Nothing here may know of Spark, of tables, of the command line, or
 * of the modules beside this one.
 */
package dev.darkroom.generation;
