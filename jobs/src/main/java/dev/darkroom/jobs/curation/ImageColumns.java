package dev.darkroom.jobs.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where a table tells about its images.
 *
 * @param path the column with their paths or URLs
 * @param bytes the column with their bytes
 * @param size the column with the files' sizes
 * @param sha256 the column with the files' hashes
 * @param width the column with pixels per row
 * @param height the column with rows of pixels
 * @param format the column with the format
 */
record ImageColumns(
    Optional<String> path,
    Optional<String> bytes,
    Optional<String> size,
    Optional<String> sha256,
    Optional<String> width,
    Optional<String> height,
    Optional<String> format) {
  private static final String ENDING = "\\.([A-Za-z0-9]{2,5})(?:[?#].*)?$";

  /** Those of a caption table. */
  static final ImageColumns CAPTIONS =
      new ImageColumns(
          Optional.of("source_path"),
          Optional.empty(),
          Optional.of("file_size"),
          Optional.of("image_sha256"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Those of an archive. */
  static final ImageColumns ARCHIVE =
      new ImageColumns(
          Optional.of("source_path"),
          Optional.empty(),
          Optional.of("file_size"),
          Optional.of("file_sha256"),
          Optional.of("width"),
          Optional.of("height"),
          Optional.of("source_format"));

  /** Those of a table of generated images. */
  static final ImageColumns GENERATED =
      new ImageColumns(
          Optional.empty(),
          Optional.of("image"),
          Optional.empty(),
          Optional.of("image_sha256"),
          Optional.of("width"),
          Optional.of("height"),
          Optional.empty());

  /** Those of any table, with the paths and bytes that were found in it. */
  static ImageColumns of(StructType schema, Optional<String> path, Optional<String> bytes) {
    return new ImageColumns(
        path,
        bytes,
        Optional.empty(),
        Optional.empty(),
        number(schema, "width"),
        number(schema, "height"),
        Optional.empty());
  }

  private static Optional<String> number(StructType schema, String name) {
    return Arrays.stream(schema.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .filter(field -> field.dataType() instanceof NumericType)
        .map(StructField::name)
        .findFirst();
  }

  /**
   * What rows tell about their images.
   *
   * @return columns {@code path} (string), {@code size} (long), {@code sha256} (string), {@code
   *     width} and {@code height} (long), {@code format} (string); each may be null
   */
  Dataset<Row> of(Dataset<Row> rows) {
    Column place = path.map(name -> col(name)).orElse(lit(null)).cast("string");
    Column ending = regexp_extract(place, ENDING, 1);
    Column kind = format.map(name -> col(name)).orElse(lit(null)).cast("string");
    Column known = when(kind.isNull(), when(ending.notEqual(""), ending)).otherwise(kind);
    return rows.select(
        place.as("path"),
        size.map(name -> col(name))
            .or(() -> bytes.map(name -> octet_length(col(name))))
            .orElse(lit(null))
            .cast("bigint")
            .as("size"),
        sha256
            .map(name -> col(name))
            .or(() -> bytes.map(name -> sha2(col(name), 256)))
            .orElse(lit(null))
            .cast("string")
            .as("sha256"),
        width.map(name -> col(name)).orElse(lit(null)).cast("bigint").as("width"),
        height.map(name -> col(name)).orElse(lit(null)).cast("bigint").as("height"),
        when(lower(known).equalTo("jpg"), "jpeg").otherwise(lower(known)).as("format"));
  }
}
