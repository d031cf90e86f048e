package dev.darkroom.recaption.llava;

import dev.darkroom.models.onnx.GraphOptions;
import dev.darkroom.recaption.image.ImageLimits;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is run.
 *
 * @param batchSize requests that are answered together, at least 1
 * @param threads of one operation; 0 leaves it to ONNX Runtime, which takes all cores
 * @param variant which of the exported precisions to run, such as {@code int8}: the part after the
 *     underscore in {@code decoder_model_merged_int8.onnx}, empty for the files without one; where
 *     there is no choice, the first that is there of full precision, int8, quantized, fp16, q4
 * @param cudaDevice the GPU, for which ONNX Runtime's GPU build has to be on the class path; the
 *     processor where there is none
 * @param imageLimits the largest images that are decoded
 */
public record LlavaOptions(
    int batchSize,
    int threads,
    Optional<String> variant,
    OptionalInt cudaDevice,
    ImageLimits imageLimits) {
  /** Batches of 8 on all cores of the processor. */
  public static final LlavaOptions DEFAULT =
      new LlavaOptions(8, 0, Optional.empty(), OptionalInt.empty(), ImageLimits.DEFAULT);

  private static final String REMEDY =
      "; export or fetch the model again in the layout of onnx-community";

  /** Refuses what is out of range. */
  public LlavaOptions {
    Objects.requireNonNull(variant, "variant");
    Objects.requireNonNull(cudaDevice, "cudaDevice");
    Objects.requireNonNull(imageLimits, "imageLimits");
    if (batchSize < 1 || threads < 0 || cudaDevice.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "batchSize must be at least 1, threads and cudaDevice at least 0: %d, %d, %s"
              .formatted(batchSize, threads, cudaDevice));
    }
  }

  /** How each graph is loaded: a cache that grows has another shape at each step. */
  GraphOptions ofGraphs() {
    return new GraphOptions(threads, cudaDevice, false, REMEDY);
  }

  /** The same with another batch size. */
  public LlavaOptions withBatchSize(int size) {
    return new LlavaOptions(size, threads, variant, cudaDevice, imageLimits);
  }

  /** The same with another number of threads. */
  public LlavaOptions withThreads(int count) {
    return new LlavaOptions(batchSize, count, variant, cudaDevice, imageLimits);
  }

  /** The same with another precision. */
  public LlavaOptions withVariant(String name) {
    return new LlavaOptions(batchSize, threads, Optional.of(name), cudaDevice, imageLimits);
  }

  /** The same on a GPU. */
  public LlavaOptions withCudaDevice(int device) {
    return new LlavaOptions(batchSize, threads, variant, OptionalInt.of(device), imageLimits);
  }

  /** The same with other limits on images. */
  public LlavaOptions withImageLimits(ImageLimits limits) {
    return new LlavaOptions(batchSize, threads, variant, cudaDevice, limits);
  }
}
