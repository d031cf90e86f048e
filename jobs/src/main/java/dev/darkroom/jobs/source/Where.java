package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;

/**
 * Applies an SQL condition that a user wrote. It may use the rows' columns and what {@link
 * ConditionRules} allows, so that a condition that came from elsewhere reads no other table, no
 * file, and runs no code.
 */
public final class Where {
  private Where() {}

  /**
   * The rows that fulfil a condition.
   *
   * @throws UserException where it is no condition on these rows, or uses what is not allowed
   */
  public static Dataset<Row> filter(Dataset<Row> rows, String sql) {
    Set<String> refused = refused(sql);
    if (!refused.isEmpty()) {
      throw new UserException(
          "--where \"%s\" uses %s, which a condition may not; it may use columns, values, %s, and the functions %s"
              .formatted(
                  sql,
                  String.join(" and ", refused),
                  ConditionRules.SYNTAX,
                  String.join(", ", ConditionRules.functions())));
    }
    try {
      return rows.filter(sql);
    } catch (Exception e) {
      throw noCondition(sql, e);
    }
  }

  private static Set<String> refused(String sql) {
    Expression condition;
    try {
      condition = CatalystSqlParser$.MODULE$.parseExpression(sql);
    } catch (Exception e) {
      // Scala code throws checked exceptions without saying so.
      throw noCondition(sql, e);
    }
    Set<String> refused = new TreeSet<>();
    ConditionRules.collectRefused(condition, refused);
    return refused;
  }

  private static UserException noCondition(String sql, Exception e) {
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new UserException(
        "--where \"%s\" is no condition on the table: %s".formatted(sql, reason), e);
  }
}
