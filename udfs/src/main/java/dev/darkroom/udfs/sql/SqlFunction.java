package dev.darkroom.udfs.sql;

import java.io.Serializable;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoder;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.Tuple3;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * A deterministic SQL function of one argument.
 *
 * @param name what it is called in SQL
 * @param usage a line for {@code DESCRIBE FUNCTION}; {@code _FUNC_} stands for the name
 * @param argument the argument's type, which Spark checks and casts to
 * @param result the result's type
 * @param body what it does to a value that is not null; returns what {@code result} has in a Row
 * @param <A> the argument
 */
public record SqlFunction<A>(
    String name, String usage, AgnosticEncoder<A> argument, DataType result, Body<A> body) {

  /**
   * What a function does; it travels to executors.
   *
   * @param <A> the argument, never null
   */
  @FunctionalInterface
  public interface Body<A> extends Function<A, Object>, Serializable {}

  /** What Spark's registry of functions wants: name, description, and a maker of expressions. */
  public Tuple3<
          FunctionIdentifier,
          ExpressionInfo,
          scala.Function1<scala.collection.immutable.Seq<Expression>, Expression>>
      description() {
    return new Tuple3<>(
        new FunctionIdentifier(name),
        new ExpressionInfo(
            SqlFunction.class.getName(), null, name, usage, "", "", "", "misc_funcs", "", "", ""),
        new Builder<>(this));
  }

  private static final class Builder<A>
      extends AbstractFunction1<scala.collection.immutable.Seq<Expression>, Expression> {
    private final SqlFunction<A> function;

    Builder(SqlFunction<A> function) {
      this.function = function;
    }

    @Override
    public Expression apply(scala.collection.immutable.Seq<Expression> arguments) {
      if (arguments.size() != 1) {
        throw sneaky(
            QueryCompilationErrors.wrongNumArgsError(
                function.name, seq(List.of((Object) 1)), arguments.size(), "0", "", ""));
      }
      return new ScalaUDF(
          new NullSafe<>(function.body),
          function.result,
          arguments,
          seq(List.of(Option.apply(encoder()))),
          Option.empty(),
          Option.apply(function.name),
          true,
          true);
    }

    private ExpressionEncoder<?> encoder() {
      return ExpressionEncoder$.MODULE$.apply(function.argument);
    }

    private static <T> scala.collection.immutable.Seq<T> seq(List<T> list) {
      return CollectionConverters.asScala(list).toSeq();
    }

    /** Spark's analysis errors are checked exceptions, which Scala throws without saying so. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
      throw (E) e;
    }
  }

  private static final class NullSafe<A> extends AbstractFunction1<A, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Body<A> body;

    NullSafe(Body<A> body) {
      this.body = body;
    }

    @Override
    public Object apply(A argument) {
      return argument == null ? null : body.apply(argument);
    }
  }
}
