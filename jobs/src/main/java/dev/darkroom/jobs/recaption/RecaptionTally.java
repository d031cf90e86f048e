package dev.darkroom.jobs.recaption;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.darkroom.recaption.CaptionStatus;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts of rows, which add up over chunks. */
final class RecaptionTally {
  private final Map<String, Long> statuses = new TreeMap<>();
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Long> devices = new TreeMap<>();
  private long ungrounded;
  private long promptTokens;
  private long completionTokens;
  private long seen;
  private long skipped;

  /** Counts rows of a caption table, and with that makes them. */
  static RecaptionTally of(Dataset<Row> captioned) {
    RecaptionTally tally = new RecaptionTally();
    captioned
        .groupBy("status", "error_type", "ungrounded", "device", "gpu_address")
        .agg(
            count(lit(1)).as("rows"),
            sum("prompt_tokens").as("prompt_tokens"),
            sum("completion_tokens").as("completion_tokens"))
        .collectAsList()
        .forEach(tally::tell);
    return tally;
  }

  private void tell(Row row) {
    long rows = number(row, "rows");
    statuses.merge(row.getAs("status"), rows, Long::sum);
    if (row.getAs("error_type") != null) {
      failures.merge(row.getAs("error_type"), rows, Long::sum);
    }
    if (row.<Boolean>getAs("ungrounded")) {
      ungrounded += rows;
    }
    if (row.getAs("device") != null) {
      String gpu = row.getAs("gpu_address");
      devices.merge(row.<String>getAs("device") + (gpu == null ? "" : ":" + gpu), rows, Long::sum);
    }
    promptTokens += number(row, "prompt_tokens");
    completionTokens += number(row, "completion_tokens");
  }

  private static long number(Row row, String column) {
    Long value = row.getAs(column);
    return value == null ? 0 : value;
  }

  /** How many rows were made. */
  long rows() {
    return statuses.values().stream().mapToLong(Long::longValue).sum();
  }

  void add(RecaptionTally other) {
    other.statuses.forEach((status, rows) -> statuses.merge(status, rows, Long::sum));
    other.failures.forEach((type, rows) -> failures.merge(type, rows, Long::sum));
    other.devices.forEach((device, rows) -> devices.merge(device, rows, Long::sum));
    ungrounded += other.ungrounded;
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    seen += other.seen;
    skipped += other.skipped;
  }

  /** Notes how many images there were, and about how many of them nothing was left to ask. */
  void looked(long images, long left) {
    seen += images;
    skipped += left;
  }

  RecaptionSummary summary(
      RecaptionOptions options,
      dev.darkroom.models.ModelIdentity model,
      RecaptionSummary.Checked checked,
      double seconds) {
    return new RecaptionSummary(
        options.input(),
        options.output(),
        model.id(),
        model.hash(),
        seen,
        skipped,
        status(CaptionStatus.OK),
        status(CaptionStatus.CUT),
        status(CaptionStatus.EMPTY),
        status(CaptionStatus.LOOPING),
        status(CaptionStatus.FAILED),
        ungrounded,
        promptTokens,
        completionTokens,
        seconds,
        (seen - skipped) / seconds,
        completionTokens / seconds,
        devices,
        failures,
        checked);
  }

  private long status(CaptionStatus status) {
    return statuses.getOrDefault(status.id(), 0L);
  }
}
