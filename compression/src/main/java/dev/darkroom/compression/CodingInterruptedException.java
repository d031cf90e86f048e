package dev.darkroom.compression;

/**
 * Coding that ended because its thread was interrupted, as whoever waits for it does when its time
 * is up. The thread stays interrupted.
 *
 * <p>Coders look for it at least once for each row of pixels or wavefront.
 */
public final class CodingInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CodingInterruptedException() {
    super("coding was interrupted before its end, as it is when its time is up");
  }

  /**
   * Ends coding where the current thread is interrupted.
   *
   * @throws CodingInterruptedException where it is
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CodingInterruptedException();
    }
  }
}
