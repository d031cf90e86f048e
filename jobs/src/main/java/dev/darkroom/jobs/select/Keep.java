package dev.darkroom.jobs.select;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * How many rows to keep.
 *
 * @param amount rows, a whole number of 1 and more; or a share of them, above 0 and at most 1
 * @param share whether it is a share
 */
public record Keep(BigDecimal amount, boolean share) {
  private static final Pattern ROWS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SHARE = Pattern.compile("[0-9]{0,18}\\.[0-9]{1,18}");

  /**
   * Reads what a user wrote: {@code 1000} is a thousand rows, {@code 1} is one row, {@code 0.1} a
   * tenth and {@code 1.0} all.
   *
   * @throws IllegalArgumentException where it is neither
   */
  public static Keep parse(String text) {
    boolean share = SHARE.matcher(text).matches();
    if (share || ROWS.matcher(text).matches()) {
      BigDecimal amount = new BigDecimal(text);
      boolean small = amount.compareTo(BigDecimal.ONE) <= 0;
      if (amount.signum() > 0 && (small || !share)) {
        return new Keep(amount, share);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is neither a number of rows, like 1000, nor a share above 0 and at most 1, like 0.1"
            .formatted(text));
  }

  /** How many of so many rows: at least one of those that there are, and not more than all. */
  public long of(long rows) {
    if (!share) {
      return Math.min(rows, amount.longValueExact());
    }
    long wanted =
        amount
            .multiply(BigDecimal.valueOf(rows))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact();
    return Math.min(rows, Math.max(1, wanted));
  }
}
