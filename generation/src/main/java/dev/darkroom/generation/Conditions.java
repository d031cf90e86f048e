package dev.darkroom.generation;

import ai.onnxruntime.OnnxTensor;
import java.util.Map;

/**
 * What stays the same from step to step for some rows: the inputs of the denoiser that do not
 * depend on the latents or the timestep.
 *
 * @param inputs by name
 * @param batch rows
 */
record Conditions(Map<String, OnnxTensor> inputs, int batch) implements AutoCloseable {
  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
  }
}
