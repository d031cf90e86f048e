package dev.darkroom.udfs;

import dev.darkroom.udfs.sql.DarkroomFunctions;
import dev.darkroom.udfs.sql.SqlFunction;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Puts Darkroom's SQL functions into every session that is started with {@code
 * spark.sql.extensions=dev.darkroom.udfs.DarkroomExtensions}: {@link DarkroomFunctions} lists them.
 */
public final class DarkroomExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

  /** Made by Spark, by its name. */
  public DarkroomExtensions() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (SqlFunction<?> function : DarkroomFunctions.all()) {
      extensions.injectFunction(function.description());
    }
    return BoxedUnit.UNIT;
  }
}
