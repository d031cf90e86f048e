package dev.darkroom.jobs.verify;

import java.util.Optional;

/**
 * What {@code verify} is to do.
 *
 * @param input the archive table
 * @param where an SQL condition on the table's columns
 * @param outcomes where to keep what was found of each row, as Parquet
 */
public record VerifyOptions(String input, Optional<String> where, Optional<String> outcomes) {
  /** Every row of a table is verified, and what was found is told in the summary alone. */
  public static VerifyOptions of(String input) {
    return new VerifyOptions(input, Optional.empty(), Optional.empty());
  }
}
