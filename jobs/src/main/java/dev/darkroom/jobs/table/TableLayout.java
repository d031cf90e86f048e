package dev.darkroom.jobs.table;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * What a table of a job is like.
 *
 * @param kind what it is called in messages: {@code image archive}
 * @param job the job that writes it
 * @param schema its columns
 */
record TableLayout(String kind, String job, StructType schema) {
  List<String> columns() {
    return Arrays.asList(schema.fieldNames());
  }
}
