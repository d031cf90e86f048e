package dev.darkroom.recaption.privacy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Chooses pairwise coprime numbers. */
final class Moduli {
  private Moduli() {}

  /**
   * The numbers nearest to a target that have no common divisor with each other, each taken as it
   * comes, the lower one first of two that are equally near.
   *
   * @param limit all are below it
   * @return them in ascending order; fewer than were asked for where there are no more
   */
  static List<Integer> near(int target, int count, int limit) {
    List<Integer> chosen = new ArrayList<>();
    for (int step = 0; chosen.size() < count && step < limit; step++) {
      take(target - step, limit, chosen);
      if (step > 0 && chosen.size() < count) {
        take(target + step, limit, chosen);
      }
    }
    chosen.sort(null);
    return chosen;
  }

  private static void take(int candidate, int limit, List<Integer> chosen) {
    if (candidate >= 2 && candidate < limit && isCoprime(candidate, chosen)) {
      chosen.add(candidate);
    }
  }

  private static boolean isCoprime(int candidate, List<Integer> others) {
    return others.stream().allMatch(other -> gcd(candidate, other) == 1);
  }

  /** Whether no two of the numbers have a common divisor. */
  static boolean arePairwiseCoprime(List<Integer> moduli) {
    for (int i = 1; i < moduli.size(); i++) {
      if (!isCoprime(moduli.get(i), moduli.subList(0, i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the numbers' product is at least some value. */
  static boolean productReaches(List<Integer> moduli, int value) {
    BigInteger product =
        moduli.stream().map(BigInteger::valueOf).reduce(BigInteger.ONE, BigInteger::multiply);
    return product.compareTo(BigInteger.valueOf(value)) >= 0;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
