package dev.darkroom.jobs.table;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of an archive table, in their order. */
public enum ArchiveColumn implements TableColumn {
  /** Where the image came from. */
  SOURCE_PATH(
      DataTypes.StringType, false, "where the image came from: a URI, or a table's own path"),
  /** The path below the common root of the input. */
  RELATIVE_PATH(DataTypes.StringType, false, "path below the root of the input; restored under it"),
  /** The container that the file is a member of. */
  CONTAINER(
      DataTypes.StringType,
      true,
      "the tar that holds the file: its path below the root of the input",
      2),
  /** The file's name in its container. */
  MEMBER(DataTypes.StringType, true, "the file's name in its container", 2),
  /** The file's place in its container. */
  POSITION(DataTypes.LongType, true, "the file's number among its container's members, from 0", 2),
  /** Bytes of the file. */
  FILE_SIZE(DataTypes.LongType, false, "bytes of the source file"),
  /** When the file last changed. */
  MODIFICATION_TIME(DataTypes.TimestampType, true, "when the source file last changed"),
  /** Hash of the file. */
  FILE_SHA256(DataTypes.StringType, true, "SHA-256 of the source file, lower-case hex"),
  /** Hash of the pixels. */
  PIXEL_SHA256(DataTypes.StringType, true, "SHA-256 of the decoded samples, lower-case hex"),
  /** Pixels per row. */
  WIDTH(DataTypes.IntegerType, true, "pixels per row"),
  /** Rows. */
  HEIGHT(DataTypes.IntegerType, true, "rows of pixels"),
  /** Samples per pixel. */
  CHANNELS(DataTypes.IntegerType, true, "samples per pixel, 1 to 4"),
  /** Bits per sample. */
  BIT_DEPTH(DataTypes.IntegerType, true, "bits per sample"),
  /** What the file was. */
  SOURCE_FORMAT(DataTypes.StringType, true, "format of the source file: png, jpeg, ..."),
  /** What the row promises to restore. */
  FIDELITY(DataTypes.StringType, true, "what is restored: pixels, or the file byte for byte"),
  /** What was not kept. */
  LEFT_BEHIND(
      DataTypes.createArrayType(DataTypes.StringType, false),
      true,
      "what the file says beside its pixels that is not restored: orientation, exif, ...",
      2),
  /** How the payload is coded. */
  CODEC(DataTypes.StringType, true, "how the payload is read: iflow, stored or zstd"),
  /** Version of the container. */
  FORMAT_VERSION(DataTypes.IntegerType, true, "version of the container format"),
  /** Profile that coded. */
  PROFILE(DataTypes.StringType, true, "profile that was asked for"),
  /** Model that coded. */
  MODEL_SHA256(DataTypes.StringType, true, "SHA-256 of the model, lower-case hex"),
  /** Bytes of the payload. */
  PAYLOAD_SIZE(DataTypes.LongType, true, "bytes of the payload"),
  /** Bits per subpixel. */
  BPSP(DataTypes.DoubleType, true, "payload bits per subpixel (width x height x channels)"),
  /** How long encoding took. */
  ENCODE_MILLIS(DataTypes.DoubleType, true, "milliseconds to decode the file and encode it"),
  /** How long checking took. */
  VERIFY_MILLIS(DataTypes.DoubleType, true, "milliseconds to decode the payload and compare"),
  /** Whether there is a payload. */
  STATUS(DataTypes.StringType, false, "ok (coded), stored (as the original file) or failed"),
  /** Why it failed, as a type. */
  ERROR_TYPE(DataTypes.StringType, true, "why it failed, or had to be stored, as a type"),
  /** Why it failed, in words. */
  ERROR_MESSAGE(DataTypes.StringType, true, "what is wrong, why, and what to do"),
  /** The order of versions. */
  VERSION(
      DataTypes.LongType,
      true,
      "number of the commit that made the row its path's newest; the greatest is restored",
      2),
  /** When the row was made. */
  ARCHIVED_AT(DataTypes.TimestampType, false, "when the row was made"),
  /** The image. */
  PAYLOAD(DataTypes.BinaryType, true, "the archived image");

  private final Type type;

  ArchiveColumn(DataType data, boolean nullable, String comment) {
    this(data, nullable, comment, 1);
  }

  ArchiveColumn(DataType data, boolean nullable, String comment, int since) {
    this.type = new Type(data, nullable, comment, since);
  }

  @Override
  public Type type() {
    return type;
  }

  /** All columns with their types, in order. */
  public static StructType schema() {
    return TableColumn.schema(values());
  }

  /** The names of all columns, in order. */
  public static List<String> ids() {
    return TableColumn.ids(values());
  }
}
