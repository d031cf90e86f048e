package dev.darkroom.jobs.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What was estimated of captions that may not be known: the Delta table {@code private} in a
 * folder, with the columns of {@link PrivateNounColumn}. Each run replaces it in one transaction.
 */
public final class PrivateNounTable {
  private static final TableLayout LAYOUT =
      new TableLayout("table of private nouns", "nouns --epsilon", PrivateNounColumn.schema());

  private final JobTable table;

  private PrivateNounTable(JobTable table) {
    this.table = table;
  }

  /**
   * Opens the table, or makes it where nothing is.
   *
   * @param location the folder: a path or URI of any Hadoop file system
   * @throws dev.darkroom.jobs.UserException where something else is there
   */
  public static PrivateNounTable openOrCreate(SparkSession spark, String location) {
    return new PrivateNounTable(
        JobTable.openOrCreate(spark, location.replaceAll("/+$", "") + "/private", LAYOUT));
  }

  /** Replaces all rows. */
  public void replace(Dataset<Row> rows) {
    table.replace(rows);
  }
}
