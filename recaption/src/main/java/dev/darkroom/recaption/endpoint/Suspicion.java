package dev.darkroom.recaption.endpoint;

import java.util.Optional;

/**
 * Whether a row kills the servers that it is asked of. After two runs that ended while it was in
 * flight, among others, it should be asked alone. Proof are three deaths, the last of them alone: a
 * run that was ended because it did not answer is none, since a machine with too much to do is slow
 * with any row. Not thread-safe; one per row.
 */
final class Suspicion {
  private static final int STRONG = 2;
  private static final int PROOF = 3;

  private Optional<EndpointLocation.Place> failedAt = Optional.empty();
  private int ends;
  private int deaths;

  /** The endpoint there began with the row, and failed. */
  void failedAt(EndpointLocation.Place place) {
    failedAt = Optional.of(place);
  }

  /** This is where the endpoint is now: if it is another run, the one before ended. */
  void see(EndpointLocation.Place place) {
    if (failedAt.isPresent() && failedAt.get().run() != place.run()) {
      ends++;
      deaths += place.deaths() > failedAt.get().deaths() ? 1 : 0;
      failedAt = Optional.empty();
    }
  }

  /** Whether the row should be asked alone. */
  boolean isStrong() {
    return ends >= STRONG;
  }

  /** Whether there is no doubt. */
  boolean isProven() {
    return deaths >= PROOF;
  }
}
