package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.util.Optional;
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
    problem(sql)
        .ifPresent(
            problem -> {
              throw new UserException(problem);
            });
    try {
      return rows.filter(sql);
    } catch (Exception e) {
      // Scala code throws checked exceptions without saying so.
      throw new UserException(noCondition(sql, e), e);
    }
  }

  /**
   * What is wrong with a condition whatever the rows are; it needs no session.
   *
   * @return no value where it may be a condition on some rows
   */
  public static Optional<String> problem(String sql) {
    Expression condition;
    try {
      condition = CatalystSqlParser$.MODULE$.parseExpression(sql);
    } catch (Exception e) {
      return Optional.of(noCondition(sql, e));
    }
    Set<String> refused = new TreeSet<>();
    ConditionRules.collectRefused(condition, refused);
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "--where \"%s\" uses %s, which a condition may not; it may use columns, values, %s, and the functions %s"
                .formatted(
                    sql,
                    String.join(" and ", refused),
                    ConditionRules.SYNTAX,
                    String.join(", ", ConditionRules.functions())));
  }

  private static String noCondition(String sql, Exception e) {
    return "--where \"%s\" is no condition on the table: %s"
        .formatted(sql, Reason.plain(e.getMessage()));
  }
}
