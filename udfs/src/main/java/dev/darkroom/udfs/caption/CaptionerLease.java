package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.Captioner;
import dev.darkroom.udfs.model.ModelCache;

/**
 * A captioner on loan to one task. The captioner itself stays open for others when the lease is
 * closed.
 */
public final class CaptionerLease implements AutoCloseable {
  private final ModelCache.Lease<Captioner> lease;
  private final String device;

  CaptionerLease(ModelCache.Lease<Captioner> lease, String device) {
    this.lease = lease;
    this.device = device;
  }

  /** The captioner; not to be closed by the borrower. */
  public Captioner captioner() {
    return lease.model();
  }

  /** What it runs on, in a word: {@code cpu}, {@code gpu}, or the endpoint's host and port. */
  public String device() {
    return device;
  }

  @Override
  public void close() {
    lease.close();
  }
}
