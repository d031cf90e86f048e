package dev.darkroom.jobs.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How well generated images show what was asked for: a Delta table with the columns of {@link
 * ScoreColumn}. Each run replaces all rows, in one transaction; Delta keeps the versions before.
 */
public final class ScoreTable {
  private static final TableLayout LAYOUT =
      new TableLayout("table of scores", "score", ScoreColumn.schema());

  private final JobTable table;

  private ScoreTable(JobTable table) {
    this.table = table;
  }

  /**
   * The table at a location, which may not be there yet.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws dev.darkroom.jobs.UserException where something else is there
   */
  public static ScoreTable toReplace(SparkSession spark, String location) {
    return new ScoreTable(JobTable.openOrCreateLater(spark, location, LAYOUT));
  }

  /** The rows, as the table is now. */
  public Dataset<Row> rows() {
    return table.rows();
  }

  /** Replaces all rows. */
  public void replace(Dataset<Row> rows) {
    table.replace(rows);
  }
}
