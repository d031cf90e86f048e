package dev.darkroom.models.onnx;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a graph is loaded and run.
 *
 * @param threads of one operation; 0 leaves it to ONNX Runtime, which takes all cores
 * @param cudaDevice the GPU, for which ONNX Runtime's GPU build has to be on the class path; the
 *     processor where there is none
 * @param memoryPatterns whether ONNX Runtime keeps, for every shape of the inputs, where in memory
 *     its results go: faster where shapes repeat, and memory that is never freed where they don't
 * @param remedy what to do about a graph that is not as it should be: ends what {@link Graph#fault}
 *     says; empty where each reason says so itself
 */
public record GraphOptions(
    int threads, OptionalInt cudaDevice, boolean memoryPatterns, String remedy) {
  /** Refuses what is out of range. */
  public GraphOptions {
    Objects.requireNonNull(cudaDevice, "cudaDevice");
    Objects.requireNonNull(remedy, "remedy");
    if (threads < 0 || cudaDevice.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "threads and cudaDevice must be at least 0: %d, %s".formatted(threads, cudaDevice));
    }
  }
}
