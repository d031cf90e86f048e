package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * How well generated images show what was asked for: a Delta table with the columns of {@link
 * ScoreColumn}. Each run replaces all rows, in one transaction; Delta keeps the versions before. A
 * judge that fails takes no score away: what an earlier run had of that image stays.
 */
public final class ScoreTable {
  private static final TableLayout LAYOUT =
      new TableLayout("table of scores", "score", ScoreColumn.schema());

  private static final String FAILED = "failed";
  private static final String SCORED = "scored";

  /** Whose rows are about the same. */
  private static final String[] NAMES = {"key", "judge", "category", "prompt"};

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

  /**
   * Replaces all rows, but for scores of which only a failure has come in.
   *
   * @param rows read several times
   * @return how many rows are those of an earlier run
   */
  public long replace(Dataset<Row> rows) {
    if (!table.isThere()) {
      table.replace(rows);
      return 0;
    }
    Dataset<Row> made = rows.persist(StorageLevel.DISK_ONLY());
    try {
      Dataset<Row> failures =
          made.filter(col("status").equalTo(FAILED))
              .select(Arrays.stream(NAMES).map(functions::col).toArray(Column[]::new));
      Dataset<Row> kept =
          table
              .rows()
              .filter(col("status").equalTo(SCORED))
              .join(failures, NAMES, "left_semi")
              .select(ScoreColumn.ids().stream().map(functions::col).toArray(Column[]::new))
              .persist(StorageLevel.DISK_ONLY());
      try {
        long count = kept.count();
        table.replace(
            count == 0
                ? made
                : made.join(
                        kept.select(
                            Arrays.stream(NAMES).map(functions::col).toArray(Column[]::new)),
                        NAMES,
                        "left_anti")
                    .unionByName(kept));
        return count;
      } finally {
        kept.unpersist();
      }
    } finally {
      made.unpersist();
    }
  }
}
