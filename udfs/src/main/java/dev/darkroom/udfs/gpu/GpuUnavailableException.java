package dev.darkroom.udfs.gpu;

/** GPUs were asked for that the session can't give. The message says why and what to do. */
public final class GpuUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GpuUnavailableException(String message) {
    super(message);
  }
}
