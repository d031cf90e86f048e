package dev.darkroom.recaption.privacy;

import java.util.Arrays;

/**
 * What a user sends: a subset of a domain, which holds the user's own value more probably than any
 * other.
 *
 * <p>The values are in ascending order, for the order that they were drawn in would tell more.
 */
public final class PrivateReport {
  private final int domain;
  private final int[] values;

  /** A subset, in any order; the array is taken over. */
  PrivateReport(int domain, int[] values) {
    Arrays.sort(values);
    this.domain = domain;
    this.values = values;
  }

  /** Which of the scheme's moduli the report is about, from 0. */
  public int domain() {
    return domain;
  }

  /** How many values there are. */
  public int size() {
    return values.length;
  }

  /** A value: 0 to modulus - 1, ascending with the index. */
  public int value(int index) {
    return values[index];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PrivateReport that
        && domain == that.domain
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * domain + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return domain + ":" + Arrays.toString(values);
  }
}
