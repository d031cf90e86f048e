package dev.darkroom.udfs.caption;

import dev.darkroom.recaption.Captioner;
import dev.darkroom.udfs.model.ModelCache;
import java.time.Duration;
import java.util.function.Supplier;

/** The captioners of this JVM, which end with it at the latest. */
final class CaptionerPool {
  /** Longer than the pause between two chunks of a job, shorter than people wait for a GPU. */
  private static final Duration IDLE = Duration.ofMinutes(5);

  private static final ModelCache<Captioner> CAPTIONERS = new ModelCache<>(IDLE);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(CAPTIONERS::close, "captioners-close"));
  }

  private CaptionerPool() {}

  static CaptionerLease lease(String key, String device, Supplier<Captioner> maker) {
    return new CaptionerLease(CAPTIONERS.lease(key, maker), device);
  }
}
