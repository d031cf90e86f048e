package dev.darkroom.jobs.generate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts of rows, which add up over chunks. */
final class GenerateTally {
  private final Map<String, Long> failures = new TreeMap<>();
  private final Map<String, Long> devices = new TreeMap<>();
  private long drawn;
  private long truncated;

  /** Counts rows of a table of generated images, and with that makes them. */
  static GenerateTally of(Dataset<Row> generated) {
    GenerateTally tally = new GenerateTally();
    generated
        .groupBy("status", "error_type", "device", "gpu_address")
        .agg(
            count(lit(1)).as("rows"),
            sum(when(coalesce(col("truncated"), lit(false)), 1).otherwise(0)).as("truncated"))
        .collectAsList()
        .forEach(tally::tell);
    return tally;
  }

  private void tell(Row row) {
    long rows = row.<Long>getAs("rows");
    String error = row.getAs("error_type");
    if (error == null) {
      drawn += rows;
    } else {
      failures.merge(error, rows, Long::sum);
    }
    String gpu = row.getAs("gpu_address");
    String device = Objects.requireNonNullElse(row.<String>getAs("device"), "nothing");
    devices.merge(device + (gpu == null ? "" : ":" + gpu), rows, Long::sum);
    truncated += row.<Long>getAs("truncated");
  }

  void add(GenerateTally other) {
    other.failures.forEach((type, rows) -> failures.merge(type, rows, Long::sum));
    other.devices.forEach((device, rows) -> devices.merge(device, rows, Long::sum));
    drawn += other.drawn;
    truncated += other.truncated;
  }

  long rows() {
    return drawn + failures.values().stream().mapToLong(Long::longValue).sum();
  }

  GenerateSummary summary(
      GenerateOptions options, OpenedModel model, SamplePlan plan, long sheets, double seconds) {
    return new GenerateSummary(
        options.prompts(),
        options.output(),
        model.model(),
        model.hash(),
        plan.planned(),
        plan.planned() - plan.pending(),
        drawn,
        rows() - drawn,
        truncated,
        sheets,
        seconds,
        drawn / seconds,
        devices,
        failures);
  }
}
