package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns of a table hold the images. A field of a struct is named with a dot between.
 *
 * @param path a string column: what the image is called, or where it is
 * @param bytes a binary column: the image file's bytes
 * @param caption a string column: the caption that the image came with
 * @param guessing whether a column that is not named may be found by its usual names; else only
 *     named columns are read
 * @param allowed roots below which files may be read that rows name, beside the table's own folder
 *     and the web: paths, URIs, or schemes like {@code s3a:}
 */
public record TableColumns(
    Optional<String> path,
    Optional<String> bytes,
    Optional<String> caption,
    boolean guessing,
    List<String> allowed) {
  /** The names that Spark's {@code binaryFile} reader gives. */
  public static final TableColumns DEFAULT = exactly("path", "content");

  /** What LAION's tables, Hugging Face's and Spark's call them, in the order of preference. */
  private static final List<String> PATHS =
      List.of(
          "path",
          "source_path",
          "image_path",
          "file_path",
          "file_name",
          "filename",
          "url",
          "image_url",
          "image.path",
          "key",
          "__key__",
          "id");

  private static final List<String> BYTES =
      List.of(
          "content",
          "image",
          "image_bytes",
          "bytes",
          "image.bytes",
          "jpg",
          "jpeg",
          "png",
          "webp",
          "data");

  private static final List<String> CAPTIONS =
      List.of(
          "caption", "raw_caption", "text", "alt_text", "alt", "description", "captions", "txt");

  /**
   * The columns that are there.
   *
   * @param path a string column
   * @param bytes a binary column; none where the path says where the image is
   * @param caption a string column
   */
  record Resolved(Optional<String> path, Optional<String> bytes, Optional<String> caption) {}

  /** Columns by their names, and no others. */
  public static TableColumns exactly(String path, String bytes) {
    return new TableColumns(
        Optional.of(path), Optional.of(bytes), Optional.empty(), false, List.of());
  }

  /** Takes a copy of the list. */
  public TableColumns {
    allowed = List.copyOf(allowed);
  }

  /** The same, with other roots. */
  public TableColumns withAllowed(List<String> roots) {
    return new TableColumns(path, bytes, caption, guessing, roots);
  }

  /** The column of a table that is by its name one of captions. */
  public static Optional<String> captionIn(StructType schema) {
    return guessed().guess(schema, CAPTIONS, StringType.class);
  }

  /** The column of a table that is by its name one of images' paths or URLs. */
  public static Optional<String> pathIn(StructType schema) {
    return guessed().guess(schema, PATHS, StringType.class);
  }

  /** The column of a table that is by its name one of images' bytes. */
  public static Optional<String> bytesIn(StructType schema) {
    return guessed().guess(schema, BYTES, BinaryType.class);
  }

  /** Columns found by their usual names. */
  public static TableColumns guessed() {
    return new TableColumns(Optional.empty(), Optional.empty(), Optional.empty(), true, List.of());
  }

  /**
   * Finds the columns in a table.
   *
   * @throws UserException where a column is not there, or of another type, or no image can be had
   */
  Resolved resolve(StructType schema, String input) {
    path.ifPresent(name -> require(schema, input, name, StringType.class, "--path-column"));
    bytes.ifPresent(name -> require(schema, input, name, BinaryType.class, "--bytes-column"));
    caption.ifPresent(name -> require(schema, input, name, StringType.class, "--caption-column"));
    // Whoever names the column with the paths wants the images that are there.
    Resolved resolved =
        new Resolved(
            path.or(() -> guess(schema, PATHS, StringType.class)),
            path.isPresent() ? bytes : bytes.or(() -> guess(schema, BYTES, BinaryType.class)),
            caption.or(() -> guess(schema, CAPTIONS, StringType.class)));
    if (resolved.path().isEmpty() && resolved.bytes().isEmpty()) {
      throw new UserException(
          "input '%s' has no column of images known by its name (it has %s); name one with --bytes-column or --path-column"
              .formatted(input, String.join(", ", schema.fieldNames())));
    }
    return resolved;
  }

  private Optional<String> guess(
      StructType schema, List<String> names, Class<? extends DataType> type) {
    if (!guessing) {
      return Optional.empty();
    }
    return names.stream()
        .flatMap(name -> field(schema, name, false).stream())
        .filter(found -> type.isInstance(found.type()))
        .map(Found::name)
        .findFirst();
  }

  private static void require(
      StructType schema,
      String input,
      String column,
      Class<? extends DataType> type,
      String option) {
    Found found =
        field(schema, column, true)
            .orElseThrow(
                () ->
                    new UserException(
                        "input '%s' has no column '%s' (it has %s); name one with %s"
                            .formatted(
                                input, column, String.join(", ", schema.fieldNames()), option)));
    if (!type.isInstance(found.type())) {
      throw new UserException(
          "column '%s' of input '%s' has type %s, which does not hold what %s must"
              .formatted(column, input, found.type().simpleString(), option));
    }
  }

  private record Found(String name, DataType type) {}

  /** A column by its name, else a field of a struct by both names. */
  private static Optional<Found> field(StructType schema, String name, boolean exact) {
    Optional<StructField> column =
        Arrays.stream(schema.fields())
            .filter(f -> exact ? f.name().equals(name) : f.name().equalsIgnoreCase(name))
            .findFirst();
    if (column.isPresent()) {
      return column.map(f -> new Found(f.name(), f.dataType()));
    }
    int dot = name.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return field(schema, name.substring(0, dot), exact)
        .filter(outer -> outer.type() instanceof StructType)
        .flatMap(
            outer ->
                field((StructType) outer.type(), name.substring(dot + 1), exact)
                    .map(inner -> new Found(outer.name() + "." + inner.name(), inner.type())));
  }
}
