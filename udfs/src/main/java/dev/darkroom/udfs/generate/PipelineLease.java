package dev.darkroom.udfs.generate;

import dev.darkroom.generation.DiffusionPipeline;
import dev.darkroom.udfs.model.ModelCache;

/**
 * A pipeline on loan to one task. The pipeline itself stays open for others when the lease is
 * closed.
 */
public final class PipelineLease implements AutoCloseable {
  private final ModelCache.Lease<DiffusionPipeline> lease;
  private final String device;

  PipelineLease(ModelCache.Lease<DiffusionPipeline> lease, String device) {
    this.lease = lease;
    this.device = device;
  }

  /** The pipeline; not to be closed by the borrower. */
  public DiffusionPipeline pipeline() {
    return lease.model();
  }

  /** What it runs on: {@code cpu} or {@code cuda}. */
  public String device() {
    return device;
  }

  @Override
  public void close() {
    lease.close();
  }
}
