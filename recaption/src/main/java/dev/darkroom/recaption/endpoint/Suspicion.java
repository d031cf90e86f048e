package dev.darkroom.recaption.endpoint;

import java.util.OptionalInt;

/**
 * Whether a row kills the servers that it is asked of. After two deaths while it was in flight,
 * among others, it should be asked alone; a third is proof. Not thread-safe; one per row.
 */
final class Suspicion {
  private static final int STRONG = 2;
  private static final int PROOF = 3;

  private OptionalInt failedAt = OptionalInt.empty();
  private int deaths;

  /** The endpoint there began with the row, and failed. */
  void failedAt(EndpointLocation.Place place) {
    failedAt = OptionalInt.of(place.run());
  }

  /** This is where the endpoint is now: if it is another run, the one before died. */
  void see(EndpointLocation.Place place) {
    if (failedAt.isPresent() && failedAt.getAsInt() != place.run()) {
      deaths++;
      failedAt = OptionalInt.empty();
    }
  }

  /** Whether the row should be asked alone. */
  boolean isStrong() {
    return deaths >= STRONG;
  }

  /** Whether there is no doubt. */
  boolean isProven() {
    return deaths >= PROOF;
  }
}
