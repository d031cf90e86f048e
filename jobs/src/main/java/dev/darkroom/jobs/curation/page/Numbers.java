package dev.darkroom.jobs.curation.page;

import dev.darkroom.jobs.report.Quantity;
import java.util.Locale;

/** Numbers as the page shows them. */
final class Numbers {
  private Numbers() {}

  /** A whole number with its thousands apart. */
  static String count(double value) {
    return Quantity.count(Math.round(value));
  }

  /** A share as per cent with one decimal. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f\u202F%%", 100 * share);
  }

  /** A part of a whole as per cent; a dash where the whole is nothing. */
  static String percent(long part, long whole) {
    return whole == 0 ? "\u2013" : percent((double) part / whole);
  }

  /** A number with one decimal. */
  static String one(double value) {
    return Quantity.decimal(value, 1);
  }

  /** A number that is only expected: with one decimal where it is small. */
  static String rough(double value) {
    return value < 100 ? one(value) : count(value);
  }

  /** A number with two decimals. */
  static String two(double value) {
    return Quantity.decimal(value, 2);
  }

  /** A number with no more decimals than it needs, three at most. */
  static String shortest(double value) {
    String fixed = Quantity.decimal(value, 3);
    return fixed.contains(".") ? fixed.replaceFirst("\\.?0+$", "") : fixed;
  }

  /** A gain or loss with its sign and one decimal. */
  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.1f", value).replace('-', '\u2212');
  }

  /** A number to four digits after the point, for charts' data. */
  static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
