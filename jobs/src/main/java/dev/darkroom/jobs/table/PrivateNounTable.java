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
   * The table of a folder, which may not be there yet.
   *
   * @param location the folder: a path or URI of any Hadoop file system
   * @throws dev.darkroom.jobs.UserException where something else is there
   */
  public static PrivateNounTable toReplace(SparkSession spark, String location) {
    return new PrivateNounTable(
        JobTable.openOrCreateLater(spark, location.replaceAll("/+$", "") + "/private", LAYOUT));
  }

  /** Replaces all rows. */
  public void replace(Dataset<Row> rows) {
    table.replace(rows);
  }
}
