package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Generated images: a Delta table with the columns of {@link GeneratedColumn}.
 *
 * <p>A row is known by its key. Rows come in by {@link #insert} alone, each call one or two Delta
 * transactions, so that the table holds either all of a chunk or none of it. Several programs may
 * insert at the same time.
 */
public final class GeneratedTable {
  /** The status of a row that may be replaced. */
  public static final String FAILED = "failed";

  private static final TableLayout LAYOUT =
      new TableLayout("table of generated images", "generate", GeneratedColumn.schema());
  private static final Column SAME_ROW = col("t.key").equalTo(col("s.key"));

  private final JobTable table;

  private GeneratedTable(JobTable table) {
    this.table = table;
  }

  /**
   * Opens a table that is there.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws dev.darkroom.jobs.UserException where there is no Delta table, or one with other
   *     columns
   */
  public static GeneratedTable open(SparkSession spark, String location) {
    return new GeneratedTable(JobTable.open(spark, location, LAYOUT));
  }

  /**
   * A table that is there, or that its first rows will make where nothing is.
   *
   * @throws dev.darkroom.jobs.UserException where something else is, or a table with other columns
   */
  public static GeneratedTable openOrCreateLater(SparkSession spark, String location) {
    return new GeneratedTable(JobTable.openOrCreateLater(spark, location, LAYOUT));
  }

  /** Makes the table without rows, unless it is there. */
  public void createIfMissing() {
    table.createEmpty();
  }

  /** Whether the table is there by now. */
  public boolean isThere() {
    return table.isThere();
  }

  /** All rows, as the table is now. */
  public Dataset<Row> rows() {
    return table.rows();
  }

  /**
   * Lets rows in. A row that is there stays as it is, unless it tells of a failure: then it is
   * replaced, and its attempts are added up.
   *
   * @param incoming the columns of the table, each key once; read several times, so it should be
   *     persisted
   */
  public void insert(Dataset<Row> incoming) {
    if (!table.isThere() && table.create(incoming)) {
      return;
    }
    // Chunks are in the prompts' order, so that a transaction looks at few files.
    JobTable.Range.of(incoming, "final_prompt").ifPresent(range -> insert(incoming, range));
  }

  private void insert(Dataset<Row> incoming, JobTable.Range range) {
    Column inRange = range.inRange();
    boolean replaces =
        !rows().as("t").filter(inRange.and(col("t.status").equalTo(FAILED))).isEmpty();
    if (replaces) {
      table.retrying(() -> mergeOnce(incoming, inRange));
    } else if (table.insertMissing(incoming, inRange.and(SAME_ROW)) < range.rows()) {
      // Another program was here; of what has just come in, failures must not count twice.
      Dataset<Row> sound = incoming.filter(not(col("status").equalTo(FAILED)));
      table.retrying(() -> mergeOnce(sound, inRange));
    }
  }

  private void mergeOnce(Dataset<Row> incoming, Column inRange) {
    Map<String, String> all = table.assignments();
    Map<String, String> again = new LinkedHashMap<>(all);
    again.put("attempt", "t.attempt + s.attempt");
    table
        .delta()
        .as("t")
        .merge(incoming.as("s"), inRange.and(SAME_ROW))
        .whenMatched("t.status = '" + FAILED + "'")
        .updateExpr(again)
        .whenNotMatched()
        .insertExpr(all)
        .execute();
  }
}
