package dev.darkroom.jobs.compress;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.source.SourcePlan;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.table.RowAction;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts of developed images, which add up over chunks. */
final class Tally {
  private final Map<String, Long> codecs = new TreeMap<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Long> warnings = new TreeMap<>();
  private final Map<StoredReason, Long> storedBecause = new EnumMap<>(StoredReason.class);
  private final Map<String, Long> leftBehind = new TreeMap<>();
  private long duplicates;
  private long leftBehindImages;
  private long recoded;
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
    Dataset<Row> rows = once(developed);
    rows.groupBy("action", "status", "codec", "error_type", "has_width", "has_pixels")
        .agg(
            count(lit(1)).as("images"),
            sum("file_size").as("bytes_in"),
            sum("payload_size").as("bytes_out"),
            sum("subpixels").as("subpixels"),
            sum(when(size(col("left_behind")).gt(0), 1L).otherwise(0L)).as("left"))
        .collectAsList()
        .forEach(tally::tell);
    if (tally.leftBehindImages > 0) {
      rows.select(explode(col("left_behind")).as("what"))
          .groupBy("what")
          .count()
          .collectAsList()
          .forEach(row -> tally.leftBehind.put(row.getString(0), row.getLong(1)));
    }
    return tally;
  }

  /** The small columns, of rows with the same path and content one alone: so the table has them. */
  private static Dataset<Row> once(Dataset<Row> developed) {
    Column subpixels =
        col("width").cast("bigint").multiply(col("height")).multiply(col("channels"));
    Dataset<Row> small =
        developed.select(
            col("source_path"),
            col("file_sha256"),
            col("action"),
            col("status"),
            col("codec"),
            col("error_type"),
            col("width").isNotNull().as("has_width"),
            col("pixel_sha256").isNotNull().as("has_pixels"),
            col("file_size"),
            col("payload_size"),
            subpixels.as("subpixels"),
            col("left_behind"));
    Dataset<Row> skipped = small.filter(col("action").equalTo(RowAction.SKIP.id()));
    return small
        .filter(col("action").notEqual(RowAction.SKIP.id()))
        .dropDuplicates("source_path", "file_sha256")
        .union(skipped);
  }

  /** Notes what came of these rows in the table. */
  void note(ArchiveTable.Merged merged) {
    duplicates += merged.duplicates();
    recoded += merged.recoded();
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
        leftBehindImages += number(row, "left");
        codedSubpixels += number(row, "subpixels");
        warn(row, images);
      }
      case STORED -> {
        stored += images;
        StoredReason reason = StoredReason.of(row);
        storedBecause.merge(reason, images, Long::sum);
        if (reason == StoredReason.WARNING) {
          warn(row, images);
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

  private void warn(Row row, long images) {
    String reason = row.getAs("error_type");
    if (reason != null) {
      warnings.merge(reason, images, Long::sum);
    }
  }

  private static long number(Row row, String column) {
    Long value = row.getAs(column);
    return value == null ? 0 : value;
  }

  void add(Tally other) {
    unchanged += other.unchanged;
    duplicates += other.duplicates;
    recoded += other.recoded;
    notTried += other.notTried;
    leftBehindImages += other.leftBehindImages;
    coded += other.coded;
    stored += other.stored;
    failed += other.failed;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    codedBytes += other.codedBytes;
    codedSubpixels += other.codedSubpixels;
    other.storedBecause.forEach((reason, images) -> storedBecause.merge(reason, images, Long::sum));
    other.codecs.forEach((codec, images) -> codecs.merge(codec, images, Long::sum));
    other.warnings.forEach((type, images) -> warnings.merge(type, images, Long::sum));
    other.leftBehind.forEach((what, images) -> leftBehind.merge(what, images, Long::sum));
    other.failures.forEach((type, images) -> failures.merge(type, images, Long::sum));
  }

  CompressSummary summary(CompressOptions options, SourcePlan plan, double seconds) {
    long told =
        plan.skipped()
            + plan.skippedFailed()
            + notTried
            + unchanged
            + plan.duplicates()
            + duplicates
            + coded
            + stored
            + failed;
    return new CompressSummary(
        options.input(),
        options.output(),
        options.profile().id(),
        options.fidelity().id(),
        plan.listed(),
        plan.skipped() + unchanged,
        plan.skippedFailed() + notTried,
        plan.duplicates() + duplicates,
        plan.leftOut(),
        coded,
        stored,
        storedBecause.getOrDefault(StoredReason.NO_IMAGE, 0L),
        storedBecause,
        failed,
        plan.listed() - told,
        recoded,
        bytesIn,
        bytesOut,
        codedSubpixels == 0 ? 0 : 8.0 * codedBytes / codedSubpixels,
        seconds,
        (coded + stored + failed) / seconds,
        codecs,
        warnings,
        failures,
        leftBehindImages,
        leftBehind);
  }
}
