package dev.darkroom.jobs.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A column of a job's table; the columns of a table are an enum, in their order. */
public interface TableColumn {
  /**
   * What a column holds.
   *
   * @param data its type
   * @param nullable whether it may be empty
   * @param comment what it means, for people who look at the table
   * @param since the number of the table's layout that brought it, from 1
   */
  record Type(DataType data, boolean nullable, String comment, int since) {
    /** A column that was there from the first. */
    Type(DataType data, boolean nullable, String comment) {
      this(data, nullable, comment, 1);
    }
  }

  /** The enum constant's name. */
  String name();

  /** What the column holds. */
  Type type();

  /** The column's name in the table. */
  default String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Columns with their types, in the given order. */
  static StructType schema(TableColumn... columns) {
    return new StructType(
        Arrays.stream(columns).map(TableColumn::field).toArray(StructField[]::new));
  }

  /** The names of columns, in the given order. */
  static List<String> ids(TableColumn... columns) {
    return Arrays.stream(columns).map(TableColumn::id).toList();
  }

  private static StructField field(TableColumn column) {
    Type type = column.type();
    return DataTypes.createStructField(
        column.id(),
        type.data(),
        type.nullable(),
        new MetadataBuilder()
            .putString("comment", type.comment())
            .putLong(TableLayout.MARK, type.since())
            .build());
  }
}
