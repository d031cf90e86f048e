package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;

import dev.darkroom.jobs.curation.figures.Failure;
import dev.darkroom.jobs.curation.figures.InputFigures;
import dev.darkroom.jobs.curation.figures.InputFigures.Detail;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Counts what an input's rows say about their making, and about what went wrong. */
final class InputMeasures {
  private static final int DETAILS = 8;
  private static final int FAILURES = 40;
  private static final int MESSAGE = 400;

  private final SparkSession spark;

  InputMeasures(SparkSession spark) {
    this.spark = spark;
  }

  InputFigures of(ReportInput input) {
    return new InputFigures(
        input.name(),
        input.location(),
        input.kind().id(),
        input.rows().count(),
        version(input),
        details(input));
  }

  private long version(ReportInput input) {
    return DeltaTable.isDeltaTable(spark, input.location())
        ? DeltaTable.forPath(spark, input.location()).history(1).select("version").head().getLong(0)
        : -1;
  }

  private static List<Detail> details(ReportInput input) {
    Stream<String> columns =
        switch (input.kind()) {
          case CAPTIONS ->
              Stream.of(
                  "model_id", "model_sha256", "prompt_name", "parameters", "device", "status");
          case ARCHIVE ->
              Stream.of("profile", "fidelity", "model_sha256", "format_version", "status");
          case GENERATED ->
              Stream.of(
                  "model_id",
                  "model_sha256",
                  "engine",
                  "sampler",
                  "step",
                  "cfg",
                  "device",
                  "status");
          case TEXTS -> Stream.empty();
        };
    return columns.flatMap(column -> detail(input, column)).toList();
  }

  private static Stream<Detail> detail(ReportInput input, String column) {
    return input
        .rows()
        .filter(col(column).isNotNull())
        .groupBy(substring(col(column).cast("string"), 1, MESSAGE).as("value"))
        .count()
        .orderBy(col("count").desc(), col("value"))
        .limit(DETAILS)
        .collectAsList()
        .stream()
        .map(row -> new Detail(column, row.getString(0), row.getLong(1)));
  }

  /** Rows that failed or fell short, by status and type of error. */
  static List<Failure> failures(ReportInput input) {
    if (input.kind() == InputKind.TEXTS) {
      return List.of();
    }
    // An image that is stored as its file is as it should be, unless the row says why it had to be.
    Column wrong =
        input.kind() == InputKind.ARCHIVE
            ? col("error_type").isNotNull().or(col("status").equalTo("failed"))
            : col("status").notEqual("ok");
    return input
        .rows()
        .filter(wrong)
        .groupBy(col("status"), coalesce(col("error_type"), lit("")).as("type"))
        .agg(
            count(lit(1)).as("rows"),
            coalesce(min(substring(col("error_message"), 1, MESSAGE)), lit("")).as("example"))
        .orderBy(col("rows").desc(), col("status"), col("type"))
        .limit(FAILURES)
        .collectAsList()
        .stream()
        .map(row -> failure(input.name(), row))
        .toList();
  }

  private static Failure failure(String input, Row row) {
    return new Failure(input, row.getString(0), row.getString(1), row.getLong(2), row.getString(3));
  }
}
