package dev.darkroom.jobs.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table of a job is like.
 *
 * <p>Layouts are numbered from 1, and a later one adds nullable columns to the one before. Each
 * column of a table carries the number of the layout that brought it ({@link #MARK}), so that a
 * table tells how new the release must be that writes to it. Tables made before there were such
 * marks are of layout 1.
 *
 * @param kind what it is called in messages: {@code image archive}
 * @param job the job that writes it
 * @param schema its columns
 */
record TableLayout(String kind, String job, StructType schema) {
  /** The key of a column's metadata under which the number of a layout is kept. */
  static final String MARK = "darkroom.layout";

  /** The names of its columns, in order. */
  List<String> columns() {
    return Arrays.asList(schema.fieldNames());
  }

  /** The number of the layout. */
  long number() {
    return numberOf(schema);
  }

  /** The number of the layout of a table with such a schema. */
  static long numberOf(StructType schema) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.metadata().contains(MARK))
        .mapToLong(field -> field.metadata().getLong(MARK))
        .max()
        .orElse(1);
  }

  /** Columns without which a table is another one: a table of every layout has them. */
  List<String> required() {
    return fields()
        .filter(field -> field.metadata().getLong(MARK) == 1)
        .map(StructField::name)
        .toList();
  }

  /** Columns that a table lacks, and may. */
  List<StructField> added(StructType table) {
    List<String> names = Arrays.asList(table.fieldNames());
    return fields().filter(field -> !names.contains(field.name())).toList();
  }

  private Stream<StructField> fields() {
    return Arrays.stream(schema.fields());
  }
}
