package dev.darkroom.udfs.gpu;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.util.OptionalInt;

/** The GPU on which ONNX Runtime is to run a task's model. */
public final class CudaDevice {
  private CudaDevice() {}

  /**
   * Its index.
   *
   * @param gpus what the task was given
   * @return nothing where there is no GPU, or where ONNX Runtime is a build without CUDA
   * @throws GpuUnavailableException where the GPU's address is no index
   */
  public static OptionalInt of(GpuAssignment gpus) {
    if (!gpus.isPresent() || !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      return OptionalInt.empty();
    }
    String address = gpus.addresses().get(0);
    if (!address.matches("\\d{1,4}")) {
      throw new GpuUnavailableException(
          "GPU '%s' can't be found by ONNX Runtime, which wants its index; use a discovery script that gives indexes, such as bin/discover-gpus"
              .formatted(address));
    }
    return OptionalInt.of(Integer.parseInt(address));
  }
}
