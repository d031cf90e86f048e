package dev.darkroom.jobs.source;

import dev.darkroom.udfs.sql.DarkroomFunctions;
import dev.darkroom.udfs.sql.SqlFunction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExtractValue;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BitwiseAnd;
import org.apache.spark.sql.catalyst.expressions.BitwiseNot;
import org.apache.spark.sql.catalyst.expressions.BitwiseOr;
import org.apache.spark.sql.catalyst.expressions.BitwiseXor;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestamp;
import org.apache.spark.sql.catalyst.expressions.Divide;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSubquery;
import org.apache.spark.sql.catalyst.expressions.IntegralDivide;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.LikeAll;
import org.apache.spark.sql.catalyst.expressions.LikeAny;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.NotLikeAll;
import org.apache.spark.sql.catalyst.expressions.NotLikeAny;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.Remainder;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.catalyst.expressions.UnaryPositive;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a condition may be made of: what is listed here and nothing else. All of it tells the same
 * of a row whenever and wherever it is asked, but for the date and the time of day, and looks at
 * nothing but the row.
 */
final class ConditionRules {
  /** What is allowed without a name of a function, for a message. */
  static final String SYNTAX =
      "comparisons, arithmetic, and, or, not, in, between, like, ilike, rlike, is null, case, cast,"
          + " ||";

  /** What the parser makes of that. */
  private static final Set<Class<?>> NODES =
      Set.of(
          Add.class,
          And.class,
          BitwiseAnd.class,
          BitwiseNot.class,
          BitwiseOr.class,
          BitwiseXor.class,
          CaseWhen.class,
          Cast.class,
          Concat.class,
          CurrentDate.class,
          CurrentTimestamp.class,
          Divide.class,
          EqualNullSafe.class,
          EqualTo.class,
          GreaterThan.class,
          GreaterThanOrEqual.class,
          ILike.class,
          In.class,
          IntegralDivide.class,
          IsNotNull.class,
          IsNull.class,
          LambdaFunction.class,
          LessThan.class,
          LessThanOrEqual.class,
          Like.class,
          LikeAll.class,
          LikeAny.class,
          Literal.class,
          Multiply.class,
          Not.class,
          NotLikeAll.class,
          NotLikeAny.class,
          Or.class,
          RLike.class,
          Remainder.class,
          StringLocate.class,
          StringTrim.class,
          StringTrimLeft.class,
          StringTrimRight.class,
          Substring.class,
          Subtract.class,
          UnaryMinus.class,
          UnaryPositive.class,
          UnresolvedAttribute.class,
          UnresolvedExtractValue.class,
          UnresolvedNamedLambdaVariable.class);

  private static final List<String> SPARKS_FUNCTIONS =
      List.of(
          "abs",
          "array_contains",
          "array_size",
          "arrays_overlap",
          "between",
          "cardinality",
          "ceil",
          "char_length",
          "coalesce",
          "concat",
          "concat_ws",
          "contains",
          "current_date",
          "current_timestamp",
          "date",
          "date_add",
          "date_format",
          "date_sub",
          "date_trunc",
          "datediff",
          "day",
          "dayofweek",
          "dayofyear",
          "element_at",
          "endswith",
          "exists",
          "extract",
          "floor",
          "forall",
          "greatest",
          "hour",
          "if",
          "ifnull",
          "initcap",
          "instr",
          "isnan",
          "isnotnull",
          "isnull",
          "least",
          "left",
          "length",
          "locate",
          "lower",
          "lpad",
          "ltrim",
          "minute",
          "mod",
          "month",
          "now",
          "nullif",
          "nvl",
          "nvl2",
          "octet_length",
          "pmod",
          "position",
          "quarter",
          "regexp",
          "regexp_count",
          "regexp_extract",
          "regexp_like",
          "regexp_replace",
          "replace",
          "reverse",
          "right",
          "rlike",
          "round",
          "rpad",
          "rtrim",
          "second",
          "sign",
          "size",
          "split",
          "split_part",
          "sqrt",
          "startswith",
          "substr",
          "substring",
          "substring_index",
          "to_date",
          "to_timestamp",
          "translate",
          "trim",
          "trunc",
          "try_cast",
          "try_divide",
          "try_to_timestamp",
          "unix_timestamp",
          "upper",
          "weekday",
          "weekofyear",
          "year");

  private static final Set<String> FUNCTIONS = new TreeSet<>(SPARKS_FUNCTIONS);

  static {
    DarkroomFunctions.all().stream().map(SqlFunction::name).forEach(FUNCTIONS::add);
  }

  private ConditionRules() {}

  /** The names of the functions that a condition may use, sorted. */
  static List<String> functions() {
    return List.copyOf(FUNCTIONS);
  }

  /** Adds what an expression uses and may not, in words. */
  static void collectRefused(Expression expression, Set<String> refused) {
    if (expression instanceof UnresolvedFunction function) {
      List<String> name = CollectionConverters.asJava(function.nameParts());
      if (name.size() != 1 || !FUNCTIONS.contains(name.get(0).toLowerCase(Locale.ROOT))) {
        refused.add("the function " + String.join(".", name));
      }
    } else if (expression instanceof SubqueryExpression || expression instanceof InSubquery) {
      refused.add("a subquery");
    } else if (!NODES.contains(expression.getClass())) {
      refused.add("an expression of the kind " + expression.nodeName());
    }
    CollectionConverters.asJava(expression.children())
        .forEach(child -> collectRefused(child, refused));
  }
}
