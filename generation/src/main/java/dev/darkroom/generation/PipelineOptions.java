package dev.darkroom.generation;

import dev.darkroom.models.onnx.GraphOptions;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a model is run.
 *
 * @param threads of one operation; 0 leaves it to ONNX Runtime, which takes all cores
 * @param cudaDevice the GPU, for which ONNX Runtime's GPU build has to be on the class path; the
 *     processor where there is none
 * @param cachedPrompts how many texts' embeddings are kept, at least 1; the least recently used go
 *     first
 */
public record PipelineOptions(int threads, OptionalInt cudaDevice, int cachedPrompts) {
  /** All cores of the processor; 256 prompts. */
  public static final PipelineOptions DEFAULT = new PipelineOptions(0, OptionalInt.empty(), 256);

  /** Refuses what is out of range. */
  public PipelineOptions {
    Objects.requireNonNull(cudaDevice, "cudaDevice");
    if (threads < 0 || cudaDevice.orElse(0) < 0 || cachedPrompts < 1) {
      throw new IllegalArgumentException(
          "threads and cudaDevice must be at least 0, cachedPrompts at least 1: %d, %s, %d"
              .formatted(threads, cudaDevice, cachedPrompts));
    }
  }

  /** How each graph is loaded. */
  GraphOptions ofGraphs() {
    return new GraphOptions(threads, cudaDevice, true, "");
  }

  /** The same with another number of threads. */
  public PipelineOptions withThreads(int count) {
    return new PipelineOptions(count, cudaDevice, cachedPrompts);
  }

  /** The same on a GPU. */
  public PipelineOptions withCudaDevice(int device) {
    return new PipelineOptions(threads, OptionalInt.of(device), cachedPrompts);
  }

  /** The same with room for more or fewer prompts. */
  public PipelineOptions withCachedPrompts(int count) {
    return new PipelineOptions(threads, cudaDevice, count);
  }
}
