package dev.darkroom.jobs.compress;

import dev.darkroom.compression.image.DecodeLimits;
import java.io.Serializable;
import java.time.Duration;

/**
 * What one image may cost.
 *
 * @param maxPixels width x height, 1 or more
 * @param maxBytes bytes of the file, 1 or more
 * @param timeout how long it may take to read, code and check
 */
public record ImageLimits(long maxPixels, long maxBytes, Duration timeout) implements Serializable {
  /** 100 million pixels, 256 MiB, ten minutes. */
  public static final ImageLimits DEFAULT =
      new ImageLimits(100_000_000, 256L << 20, Duration.ofMinutes(10));

  /** The same limits, as decoders take them. */
  DecodeLimits decoding() {
    return new DecodeLimits(maxPixels, maxBytes, timeout);
  }
}
