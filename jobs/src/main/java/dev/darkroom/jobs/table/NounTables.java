package dev.darkroom.jobs.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What was counted in captions: a folder with two Delta tables, {@code density} with the columns of
 * {@link DensityColumn} and {@code histogram} with those of {@link HistogramColumn}.
 *
 * <p>Each run replaces both, each in one transaction; Delta keeps the versions before.
 */
public final class NounTables {
  private static final TableLayout DENSITY =
      new TableLayout("table of noun densities", "nouns", DensityColumn.schema());
  private static final TableLayout HISTOGRAM =
      new TableLayout("noun histogram", "nouns", HistogramColumn.schema());

  private final JobTable density;
  private final JobTable histogram;

  private NounTables(JobTable density, JobTable histogram) {
    this.density = density;
    this.histogram = histogram;
  }

  /**
   * The tables of a folder, which may not be there yet.
   *
   * @param location a path or URI of any Hadoop file system
   * @throws dev.darkroom.jobs.UserException where something else is there
   */
  public static NounTables toReplace(SparkSession spark, String location) {
    String folder = location.replaceAll("/+$", "");
    return new NounTables(
        JobTable.openOrCreateLater(spark, folder + "/density", DENSITY),
        JobTable.openOrCreateLater(spark, folder + "/histogram", HISTOGRAM));
  }

  /** The densities, as the table is now. */
  public Dataset<Row> density() {
    return density.rows();
  }

  /** Replaces the histogram, then the densities. */
  public void replace(Dataset<Row> newDensity, Dataset<Row> newHistogram) {
    histogram.replace(newHistogram);
    density.replace(newDensity);
  }
}
