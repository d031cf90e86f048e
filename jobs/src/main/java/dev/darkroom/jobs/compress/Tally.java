package dev.darkroom.jobs.compress;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.source.SourcePlan;
import dev.darkroom.jobs.table.RowAction;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts of developed images, which add up over chunks. */
final class Tally {
  private final Map<String, Long> codecs = new TreeMap<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Long> warnings = new TreeMap<>();
  private long unchanged;
  private long notTried;
  private long coded;
  private long stored;
  private long failed;
  private long bytesIn;
  private long bytesOut;
  private long codedBytes;
  private long codedSubpixels;

  /** Counts rows of {@link DevelopImages#SCHEMA}. */
  static Tally of(Dataset<Row> developed) {
    Tally tally = new Tally();
    developed
        .groupBy("action", "status", "codec", "error_type")
        .agg(
            count(lit(1)).as("images"),
            sum("file_size").as("bytes_in"),
            sum("payload_size").as("bytes_out"),
            sum(col("width").cast("bigint").multiply(col("height")).multiply(col("channels")))
                .as("subpixels"))
        .collectAsList()
        .forEach(tally::tell);
    return tally;
  }

  private void tell(Row row) {
    long images = number(row, "images");
    String action = row.getAs("action");
    ArchiveStatus status =
        ArchiveStatus.valueOf(row.<String>getAs("status").toUpperCase(Locale.ROOT));
    if (action.equals(RowAction.SKIP.id()) && status == ArchiveStatus.FAILED) {
      notTried += images;
      return;
    }
    if (action.equals(RowAction.TOUCH.id()) || action.equals(RowAction.SKIP.id())) {
      unchanged += images;
      return;
    }
    switch (status) {
      case OK -> {
        coded += images;
        codedBytes += number(row, "bytes_out");
        codedSubpixels += number(row, "subpixels");
      }
      case STORED -> {
        stored += images;
        String reason = row.getAs("error_type");
        if (reason != null) {
          warnings.merge(reason, images, Long::sum);
        }
      }
      case FAILED -> {
        failed += images;
        failures.merge(row.getAs("error_type"), images, Long::sum);
        return;
      }
    }
    codecs.merge(row.getAs("codec"), images, Long::sum);
    bytesIn += number(row, "bytes_in");
    bytesOut += number(row, "bytes_out");
  }

  private static long number(Row row, String column) {
    Long value = row.getAs(column);
    return value == null ? 0 : value;
  }

  void add(Tally other) {
    unchanged += other.unchanged;
    notTried += other.notTried;
    coded += other.coded;
    stored += other.stored;
    failed += other.failed;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    codedBytes += other.codedBytes;
    codedSubpixels += other.codedSubpixels;
    other.codecs.forEach((codec, images) -> codecs.merge(codec, images, Long::sum));
    other.warnings.forEach((type, images) -> warnings.merge(type, images, Long::sum));
    other.failures.forEach((type, images) -> failures.merge(type, images, Long::sum));
  }

  CompressSummary summary(CompressOptions options, SourcePlan plan, double seconds) {
    return new CompressSummary(
        options.input(),
        options.output(),
        options.profile().id(),
        options.fidelity().id(),
        plan.listed(),
        plan.skipped() + unchanged,
        plan.skippedFailed() + notTried,
        plan.duplicates(),
        plan.leftOut(),
        coded,
        stored,
        failed,
        bytesIn,
        bytesOut,
        codedSubpixels == 0 ? 0 : 8.0 * codedBytes / codedSubpixels,
        seconds,
        (coded + stored + failed) / seconds,
        codecs,
        warnings,
        failures);
  }
}
