package dev.darkroom.recaption.privacy;

import java.util.random.RandomGenerator;

/**
 * A locally differentially private way to estimate how often items occur.
 *
 * <p>An oracle has no state but its tables, and threads may share it. The random numbers are the
 * caller's: see {@link UserRandom}.
 */
public sealed interface FrequencyOracle permits SubsetSelection, ModularSubsetSelection {
  /** The oracle that a scheme describes. */
  static FrequencyOracle of(Scheme scheme) {
    return scheme.isPlain()
        ? new SubsetSelection(scheme.universe(), scheme.epsilon())
        : new ModularSubsetSelection(scheme);
  }

  /** What users and server must agree on. */
  Scheme scheme();

  /**
   * What a user sends.
   *
   * @param item the user's item, 0 to universe - 1
   * @param random a secure one where privacy is meant; it must not be known to who gets the report
   */
  PrivateReport report(int item, RandomGenerator random);

  /** Bits of the longest report, coded as the number of its subset among all of that size. */
  int messageBits();

  /**
   * Estimates all frequencies.
   *
   * @throws IllegalArgumentException where the counts are of another scheme
   * @throws IllegalStateException where there are too few reports to estimate anything
   */
  FrequencyEstimates estimate(PrivateCounts counts);
}
