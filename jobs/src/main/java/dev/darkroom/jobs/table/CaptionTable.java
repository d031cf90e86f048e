package dev.darkroom.jobs.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.darkroom.recaption.CaptionStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Captions of images: a Delta table with the columns of {@link CaptionColumn}.
 *
 * <p>A row is known by its source path and its key. Rows come in by {@link #merge} alone, each call
 * one Delta transaction, so that the table holds either all of a chunk or none of it. Several
 * programs may merge at the same time.
 */
public final class CaptionTable {
  private static final TableLayout LAYOUT =
      new TableLayout("caption table", "recaption", CaptionColumn.schema());
  private static final StaleFailures STALE =
      new StaleFailures(CaptionColumn.IMAGE_SHA256.id(), CaptionColumn.ids());

  private static final Column SAME_ROW =
      col("t.source_path").equalTo(col("s.source_path")).and(col("t.key").equalTo(col("s.key")));

  private final JobTable table;

  private CaptionTable(JobTable table) {
    this.table = table;
  }

  /**
   * Opens a table that is there.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws dev.darkroom.jobs.UserException where there is no Delta table, or one with other
   *     columns
   */
  public static CaptionTable open(SparkSession spark, String location) {
    return new CaptionTable(JobTable.open(spark, location, LAYOUT));
  }

  /**
   * A table that is there, or that its first rows will make where nothing is.
   *
   * @throws dev.darkroom.jobs.UserException where something else is, or a table with other columns
   */
  public static CaptionTable openOrCreateLater(SparkSession spark, String location) {
    return new CaptionTable(JobTable.openOrCreateLater(spark, location, LAYOUT));
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
   * Lets rows of images in about which the table tells nothing that could be replaced: neither
   * failures nor captions to be retried. That is one write, where {@link #merge} takes several
   * passes. Where another program has told something in the meantime, this ends as a merge would.
   *
   * @param incoming the columns of the table; read several times, so it should be persisted
   */
  public void insert(Dataset<Row> incoming, Set<CaptionStatus> retried) {
    Dataset<Row> unique = incoming.dropDuplicates("source_path", "key");
    if (!table.isThere() && table.create(unique)) {
      return;
    }
    JobTable.Range.of(incoming, "source_path")
        .ifPresent(
            range -> {
              long inserted = table.insertMissing(unique, range.inRange().and(SAME_ROW));
              if (inserted < range.rows()) {
                // Of what has just come in, failures must not count as another attempt.
                merge(incoming.filter(not(replaceable(retried))), retried);
              }
            });
  }

  /**
   * Lets rows in, in one transaction. A row that is there already stays as it is, unless its status
   * is one of those to be retried: then it is replaced, and its attempts are added up. A failure
   * replaces nothing but a failure.
   *
   * @param incoming the columns of the table; read several times, so it should be persisted
   */
  public void merge(Dataset<Row> incoming, Set<CaptionStatus> retried) {
    Dataset<Row> unique = incoming.dropDuplicates("source_path", "key");
    JobTable.Range.of(unique, "source_path")
        .ifPresent(range -> table.retrying(() -> mergeOnce(unique, range.inRange(), retried)));
  }

  /** Rows that later ones may replace: failures, and what is to be retried. */
  public static Column replaceable(Set<CaptionStatus> retried) {
    return col("status")
        .isin(
            Stream.concat(Stream.of(CaptionStatus.FAILED), retried.stream())
                .map(CaptionStatus::id)
                .distinct()
                .toArray());
  }

  /** Drops what is told of failures at these very paths, in one transaction where there are any. */
  public void dropFailures(List<String> paths) {
    Column stale =
        col("source_path")
            .isin(paths.toArray())
            .and(col("status").equalTo(CaptionStatus.FAILED.id()));
    if (isThere() && !rows().filter(stale).isEmpty()) {
      table.retrying(() -> table.delta().delete(stale));
    }
  }

  private void mergeOnce(Dataset<Row> incoming, Column inRange, Set<CaptionStatus> retried) {
    Map<String, String> all = table.assignments();
    Map<String, String> again = new LinkedHashMap<>(all);
    again.put("attempt", "t.attempt + s.attempt");
    String statuses =
        retried.stream().map(s -> "'" + s.id() + "'").sorted().collect(Collectors.joining(", "));
    table
        .delta()
        .as("t")
        .merge(
            incoming
                .withColumn(RowAction.COLUMN, lit(RowAction.ADD.id()))
                .unionByName(STALE.of(rows().as("t").filter(inRange), incoming))
                .as("s"),
            inRange.and(SAME_ROW))
        .whenMatched("s.action = 'drop' and t.status = 'failed'")
        .delete()
        .whenMatched(
            statuses.isEmpty()
                ? "false"
                : "s.action = 'add' and t.status in ("
                    + statuses
                    + ") and (s.status <> 'failed' or t.status = 'failed')")
        .updateExpr(again)
        .whenNotMatched("s.action = 'add'")
        .insertExpr(all)
        .execute();
  }
}
