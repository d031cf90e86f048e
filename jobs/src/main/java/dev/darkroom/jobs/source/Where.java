package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Applies an SQL condition that a user wrote. */
public final class Where {
  private Where() {}

  /**
   * The rows that fulfil a condition.
   *
   * @throws UserException where it is no condition on these rows
   */
  public static Dataset<Row> filter(Dataset<Row> rows, String sql) {
    try {
      return rows.filter(sql);
    } catch (Exception e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UserException(
          "--where \"%s\" is no condition on the table: %s".formatted(sql, reason), e);
    }
  }
}
