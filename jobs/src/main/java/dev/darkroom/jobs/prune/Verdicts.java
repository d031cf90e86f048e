package dev.darkroom.jobs.prune;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.table.ArchivedImage.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What archive and verification say of originals; no file is looked at. */
final class Verdicts {
  /** Why the original stays; null where it may go. */
  static final String REASON = "reason";

  /** The columns that are taken of an archive. */
  static final List<ArchiveColumn> STORED =
      List.of(
          ArchiveColumn.SOURCE_PATH,
          ArchiveColumn.CONTAINER,
          ArchiveColumn.STATUS,
          ArchiveColumn.FIDELITY,
          ArchiveColumn.FILE_SIZE,
          ArchiveColumn.MODIFICATION_TIME,
          ArchiveColumn.FILE_SHA256,
          ArchiveColumn.VERSION,
          ArchiveColumn.ARCHIVED_AT);

  /** The columns of a verdict, which are those of a listing. */
  static final StructType SCHEMA = schema();

  /** The columns of a verification that tell which row it was of, and what it found. */
  static final List<String> OUTCOME =
      List.of("source_path", "file_sha256", "version", "archived_at", Kind.COLUMN);

  private Verdicts() {}

  /** Columns by their names. */
  static Column[] columns(Stream<String> names) {
    return names.map(functions::col).toArray(Column[]::new);
  }

  /**
   * Verdicts on rows of an archive.
   *
   * @param newest one row for each path, with the columns of {@link #STORED}
   * @param verified the columns of {@link #OUTCOME}
   * @param keptAsPixels whether it is enough that pixels come back
   * @return the columns of {@link #SCHEMA}
   */
  static Dataset<Row> of(Dataset<Row> newest, Dataset<Row> verified, boolean keptAsPixels) {
    Dataset<Row> outcomes =
        verified
            .groupBy(
                col("source_path").as("verified_path"),
                col("file_sha256").as("verified_sha256"),
                col("version").as("verified_version"),
                col("archived_at").as("verified_at"))
            .agg(max(Kind.COLUMN).as(Kind.COLUMN), max(col(Kind.COLUMN).isNull()).as("is_damaged"));
    Column same =
        col("source_path")
            .equalTo(col("verified_path"))
            .and(col("file_sha256").eqNullSafe(col("verified_sha256")))
            .and(col("version").eqNullSafe(col("verified_version")))
            .and(col("archived_at").eqNullSafe(col("verified_at")));
    Column held = col("status").isin(ArchiveStatus.OK.id(), ArchiveStatus.STORED.id());
    Column asFile = ArchiveTable.givesFile().and(col(Kind.COLUMN).equalTo(Kind.FILE.id()));
    Column asPixels = lit(keptAsPixels).and(col(Kind.COLUMN).equalTo(Kind.PIXELS.id()));
    Column reason =
        coalesce(
            reason(not(isTrue(held)), Reason.NOT_HELD),
            reason(col("container").isNotNull(), Reason.MEMBER),
            reason(col("verified_path").isNull(), Reason.NOT_VERIFIED),
            reason(col("is_damaged"), Reason.DAMAGED),
            reason(not(isTrue(asFile.or(asPixels))), Reason.PIXELS));
    return newest
        .join(outcomes, same, "left")
        .withColumn(REASON, reason)
        .select(columns(Stream.of(SCHEMA.fieldNames())));
  }

  private static Column isTrue(Column condition) {
    return coalesce(condition, lit(false));
  }

  private static Column reason(Column condition, Reason reason) {
    return when(condition, lit(reason.text()));
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (ArchiveColumn column : STORED) {
      schema = schema.add(column.id(), column.type().data());
    }
    return schema.add(Kind.COLUMN, DataTypes.StringType).add(REASON, DataTypes.StringType);
  }
}
