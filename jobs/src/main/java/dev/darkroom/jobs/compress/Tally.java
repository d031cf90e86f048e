package dev.darkroom.jobs.compress;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.source.SourcePlan;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.table.RowAction;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

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

  /** Counts rows, of those with the same path and content one alone: so the table has them. */
  static Tally of(DevelopedRows developed) {
    Tally tally = new Tally();
    developed.unique().forEach(tally::tell);
    return tally;
  }

  /** Notes what came of these rows in the table. */
  void note(ArchiveTable.Merged merged) {
    duplicates += merged.duplicates();
    recoded += merged.recoded();
  }

  private void tell(DevelopedRows.Told row) {
    ArchiveStatus status = row.status();
    if (row.action() == RowAction.SKIP && status == ArchiveStatus.FAILED) {
      notTried++;
      return;
    }
    if (row.action() == RowAction.TOUCH || row.action() == RowAction.SKIP) {
      unchanged++;
      return;
    }
    switch (status) {
      case OK -> {
        coded++;
        codedBytes += row.payloadSize();
        codedSubpixels += row.subpixels();
        if (!row.leftBehind().isEmpty()) {
          leftBehindImages++;
          row.leftBehind().forEach(what -> leftBehind.merge(what, 1L, Long::sum));
        }
        warn(row);
      }
      case STORED -> {
        stored++;
        StoredReason reason = row.storedReason();
        storedBecause.merge(reason, 1L, Long::sum);
        if (reason == StoredReason.WARNING) {
          warn(row);
        }
      }
      case FAILED -> {
        failed++;
        failures.merge(row.errorType(), 1L, Long::sum);
        return;
      }
    }
    codecs.merge(row.codec(), 1L, Long::sum);
    bytesIn += row.fileSize();
    bytesOut += row.payloadSize();
  }

  private void warn(DevelopedRows.Told row) {
    if (row.errorType() != null) {
      warnings.merge(row.errorType(), 1L, Long::sum);
    }
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

  /** How many files were left out, as the archive had them already. */
  long skipped(SourcePlan plan) {
    return plan.skipped() + unchanged;
  }

  /**
   * The summary.
   *
   * @param otherProfile images of the archive that were coded with another profile
   */
  CompressSummary summary(
      CompressOptions options, SourcePlan plan, long otherProfile, double seconds) {
    long told =
        skipped(plan)
            + plan.skippedFailed()
            + notTried
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
        skipped(plan),
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
        otherProfile,
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
