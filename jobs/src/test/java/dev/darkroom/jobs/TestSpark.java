package dev.darkroom.jobs;

import dev.darkroom.jobs.cli.Sessions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The one session of all tests; the command line takes the same. */
public final class TestSpark {
  private TestSpark() {}

  /** The session. */
  public static SparkSession session() {
    return Sessions.open("tests");
  }

  /** A Delta table as it is now. */
  public static Dataset<Row> table(Object location) {
    return session().read().format("delta").load(location.toString());
  }
}
