package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.jobs.curation.figures.ArchiveFigures;
import dev.darkroom.jobs.curation.figures.ArchiveFigures.Outcome;
import dev.darkroom.jobs.curation.figures.ArchiveFigures.Rates;
import dev.darkroom.jobs.curation.figures.Histogram;
import dev.darkroom.jobs.curation.figures.Histogram.Bin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Counts what compressing did to an archive's images. */
final class ArchiveMeasures {
  private static final int BINS_PER_BIT = 4;
  private static final int MOST_BITS = 32;

  private ArchiveMeasures() {}

  static ArchiveFigures of(ReportInput archive) {
    return new ArchiveFigures(archive.name(), outcomes(archive), rates(archive));
  }

  private static List<Outcome> outcomes(ReportInput archive) {
    Column samples = col("width").cast("bigint").multiply(col("height")).multiply(col("channels"));
    Column known = samples.isNotNull().and(col("payload_size").isNotNull());
    return archive
        .rows()
        .groupBy(col("status"), coalesce(col("codec"), lit("-")).as("coding"))
        .agg(
            count(lit(1)).as("images"),
            coalesce(sum("file_size"), lit(0L)),
            coalesce(sum("payload_size"), lit(0L)),
            coalesce(sum(when(known, col("payload_size"))), lit(0L)),
            coalesce(sum(when(known, samples)), lit(0L)))
        .orderBy(col("images").desc(), col("status"), col("coding"))
        .collectAsList()
        .stream()
        .map(ArchiveMeasures::outcome)
        .toList();
  }

  private static Outcome outcome(Row row) {
    long subpixels = row.getLong(6);
    return new Outcome(
        row.getString(0),
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        subpixels == 0 ? 0 : 8.0 * row.getLong(5) / subpixels);
  }

  private static List<Rates> rates(ReportInput archive) {
    Column bin = least(floor(col("bpsp").multiply(BINS_PER_BIT)), lit(MOST_BITS * BINS_PER_BIT));
    Map<String, List<Bin>> bins = new TreeMap<>();
    archive
        .rows()
        .filter(col("bpsp").isNotNull().and(col("codec").isNotNull()))
        .groupBy(col("codec"), bin.as("bin"))
        .count()
        .orderBy("codec", "bin")
        .collectAsList()
        .forEach(
            row ->
                bins.computeIfAbsent(row.getString(0), codec -> new ArrayList<>())
                    .add(
                        new Bin(
                            (double) row.getLong(1) / BINS_PER_BIT,
                            (row.getLong(1) + 1.0) / BINS_PER_BIT,
                            row.getLong(2))));
    return bins.entrySet().stream()
        .map(coding -> new Rates(coding.getKey(), new Histogram(coding.getValue())))
        .toList();
  }
}
