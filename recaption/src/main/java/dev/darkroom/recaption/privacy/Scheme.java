package dev.darkroom.recaption.privacy;

import java.util.List;

/**
 * What users and server must agree on. Reports of one scheme can be added up, others can't.
 *
 * @param universe how many items there are, 2 to {@value #LARGEST_UNIVERSE}; they are 0 to universe
 *     - 1
 * @param epsilon the privacy that one report spends, {@value #LEAST_EPSILON} to {@value
 *     #GREATEST_EPSILON}
 * @param moduli the sizes of the domains that reports are about: the universe alone for {@link
 *     SubsetSelection}, pairwise coprime numbers of 2 and more for {@link ModularSubsetSelection}
 * @param salt how {@link ResidueEncoding} numbers the items, 0 or more
 */
public record Scheme(int universe, double epsilon, List<Integer> moduli, long salt) {
  /** The most items. */
  public static final int LARGEST_UNIVERSE = 1 << 24;

  /** Below this, a report says nothing that double arithmetic could find again. */
  public static final double LEAST_EPSILON = 1e-6;

  /** Above this, nothing is private: the truth is 485 million times as probable as a lie. */
  public static final double GREATEST_EPSILON = 20;

  /** The most moduli. */
  static final int MOST_MODULI = 1 << 12;

  /** Checks the ranges. */
  public Scheme {
    moduli = List.copyOf(moduli);
    if (universe < 2 || universe > LARGEST_UNIVERSE) {
      throw new IllegalArgumentException(
          "a universe must have 2 to %d items, not %d".formatted(LARGEST_UNIVERSE, universe));
    }
    if (!(epsilon >= LEAST_EPSILON && epsilon <= GREATEST_EPSILON)) {
      throw new IllegalArgumentException(
          "epsilon must be %s to %s, not %s".formatted(LEAST_EPSILON, GREATEST_EPSILON, epsilon));
    }
    if (moduli.isEmpty() || moduli.size() > MOST_MODULI) {
      throw new IllegalArgumentException(
          "there must be 1 to %d moduli, not %d".formatted(MOST_MODULI, moduli.size()));
    }
    for (int modulus : moduli) {
      if (modulus < 2 || modulus > universe) {
        throw new IllegalArgumentException(
            "a modulus must be 2 to %d, not %d".formatted(universe, modulus));
      }
    }
    if (salt < 0) {
      throw new IllegalArgumentException("a salt must be 0 or more, not " + salt);
    }
  }

  /** Whether reports are about the items themselves. */
  boolean isPlain() {
    return moduli.size() == 1 && moduli.get(0) == universe;
  }
}
