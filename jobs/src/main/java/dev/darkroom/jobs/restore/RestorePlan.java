package dev.darkroom.jobs.restore;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.compression.archive.ArchiveCodec;
import dev.darkroom.compression.archive.ArchiveStatus;
import dev.darkroom.compression.archive.Fidelity;
import dev.darkroom.jobs.table.ArchiveColumn;
import dev.darkroom.jobs.table.ArchiveSnapshot;
import dev.darkroom.jobs.table.ArchiveTable;
import dev.darkroom.jobs.table.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Decides which rows are restored, and as what: on the small columns alone; payloads only meet the
 * decision.
 */
final class RestorePlan implements AutoCloseable {
  /** Whether the row becomes a member of a tar; its target is then the tar. */
  static final String IN_TAR = "in_tar";

  /** What tells the tar of a row from others of the same path; null for other rows. */
  static final String CONTAINER_KEY = "container_key";

  /** The name that a member gets, of its own name and of whether it is now a PNG. */
  static final UserDefinedFunction MEMBER_NAME =
      udf((UDF2<String, Boolean, String>) TarWriter::memberName, DataTypes.StringType);

  private static final String DECIDED = "decided_row";
  private static final String WANTED = "wanted";
  private static final int MARK_DIGITS = 8;
  private static final UserDefinedFunction CONTAINER_OF =
      udf(
          (UDF3<String, String, String, String>)
              (source, member, container) -> {
                int start = source.indexOf(container + "#");
                int end = start < 0 ? source.lastIndexOf("#" + member) : start + container.length();
                return end < 0 ? container : source.substring(0, end);
              },
          DataTypes.StringType);
  private static final List<ArchiveColumn> SMALL =
      List.of(
          ArchiveColumn.SOURCE_PATH,
          ArchiveColumn.RELATIVE_PATH,
          ArchiveColumn.CONTAINER,
          ArchiveColumn.MEMBER,
          ArchiveColumn.POSITION,
          ArchiveColumn.FILE_SHA256,
          ArchiveColumn.CODEC,
          ArchiveColumn.FIDELITY,
          ArchiveColumn.STATUS,
          ArchiveColumn.VERSION,
          ArchiveColumn.ARCHIVED_AT);

  private final Selection selection;
  private final RestoreOptions options;
  private final NameAssignment names;
  private final Dataset<Row> selected;
  private final Dataset<Row> decided;

  RestorePlan(Selection selection, RestoreOptions options, NameRules rules) {
    this.selection = selection;
    this.options = options;
    this.names = new NameAssignment(rules);
    this.selected = small(selection.rows()).persist(StorageLevel.MEMORY_AND_DISK());
    this.decided = decide().persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * The rows to be restored, without their payloads: data file and row, source and relative path,
   * {@link NameAssignment#TARGET}, {@link NameAssignment#REASON} and {@link #IN_TAR}.
   */
  Dataset<Row> decided() {
    return decided;
  }

  /** The rows to be restored, with all columns of the archive and their decision. */
  Dataset<Row> rows() {
    Dataset<Row> rows = selection.rows();
    Dataset<Row> decisions =
        decided.select(
            col(ArchiveSnapshot.ROW_ID).as(DECIDED), col(NameAssignment.TARGET), col(IN_TAR));
    Column[] columns =
        Stream.concat(
                Stream.concat(ArchiveColumn.ids().stream(), Stream.of(ArchiveSnapshot.DATA_FILE))
                    .map(rows::col),
                Stream.of(decisions.col(NameAssignment.TARGET), decisions.col(IN_TAR)))
            .toArray(Column[]::new);
    return rows.join(decisions, rows.col(ArchiveSnapshot.ROW_ID).equalTo(decisions.col(DECIDED)))
        .select(columns);
  }

  /** How many selected rows failed to be archived. */
  long withoutPayload() {
    return selected.filter(not(withPayload())).count();
  }

  /** How many older versions of selected rows are left out, or restored under other names. */
  long superseded() {
    long paths = selected.filter(withPayload()).select("source_path").distinct().count();
    return selected.filter(withPayload()).count() - paths;
  }

  /**
   * How many rows each data file must give: those that were decided on, and those that could not be
   * read when it was decided.
   */
  Map<String, Long> expected() {
    Map<String, Long> expected = new HashMap<>(Selection.perDataFile(decided));
    Map<String, Long> seen = Selection.perDataFile(selected);
    selection
        .expected()
        .forEach(
            (file, rows) -> {
              long unseen = rows - seen.getOrDefault(file, 0L);
              if (unseen != 0) {
                expected.merge(file, unseen, Long::sum);
              }
            });
    return expected;
  }

  private Dataset<Row> decide() {
    Dataset<Row> chosen = chosen(selected, options.versions()).withColumn(WANTED, lit(true));
    if (selection.where().isPresent()) {
      // Files that are not selected lay claim to their names all the same, so that a file is called
      // the same whatever else is restored with it.
      Dataset<Row> others =
          chosen(small(selection.snapshot().rows()), VersionChoice.NEWEST)
              .join(
                  selected.filter(withPayload()).select("source_path"), "source_path", "left_anti")
              .withColumn(WANTED, lit(false));
      chosen = chosen.unionByName(others);
    }
    Dataset<Row> files =
        chosen
            .withColumn(IN_TAR, inTar())
            .withColumn(
                CONTAINER_KEY,
                when(
                    col(IN_TAR),
                    CONTAINER_OF.apply(col("source_path"), col("member"), col("container"))))
            .withColumn(
                NameAssignment.KEY,
                when(col(IN_TAR), concat(lit("tar:"), col(CONTAINER_KEY)))
                    .otherwise(concat(lit("row:"), col(ArchiveSnapshot.ROW_ID))));
    Dataset<Row> claims =
        claims(files.filter(not(col(IN_TAR))), col("source_path"), col("relative_path"))
            .unionByName(tars(files.filter(col(IN_TAR))));
    return files
        .filter(col(WANTED))
        .join(names.assign(claims), NameAssignment.KEY)
        .select(
            ArchiveSnapshot.DATA_FILE,
            ArchiveSnapshot.ROW_ID,
            "source_path",
            "relative_path",
            "container",
            "member",
            CONTAINER_KEY,
            NameAssignment.PNG,
            IN_TAR,
            NameAssignment.TARGET,
            NameAssignment.REASON);
  }

  private Column inTar() {
    return options.form() == RestoreForm.TAR
        ? col("container").isNotNull().and(col("member").isNotNull())
        : lit(false);
  }

  private static Dataset<Row> claims(Dataset<Row> rows, Column source, Column path) {
    return rows.select(
        col(NameAssignment.KEY),
        source.as(NameAssignment.SOURCE),
        path.as(NameAssignment.PATH),
        col(NameAssignment.PNG),
        col(NameAssignment.OLDER_MARK));
  }

  private static Dataset<Row> tars(Dataset<Row> members) {
    Dataset<Row> tars =
        members
            .groupBy(NameAssignment.KEY, CONTAINER_KEY)
            .agg(first("container").as("container"))
            .withColumn(NameAssignment.PNG, lit(false))
            .withColumn(NameAssignment.OLDER_MARK, lit(null).cast("string"));
    return claims(tars, col(CONTAINER_KEY), col("container"));
  }

  private static Dataset<Row> chosen(Dataset<Row> rows, VersionChoice versions) {
    Dataset<Row> aged = ArchiveTable.aged(rows);
    Column age = col(ArchiveTable.AGE);
    return (versions == VersionChoice.ALL ? aged : aged.filter(age.equalTo(1)))
        .withColumn(
            NameAssignment.OLDER_MARK,
            when(age.gt(1), substring(col("file_sha256"), 1, MARK_DIGITS)))
        .withColumn(
            NameAssignment.PNG,
            col("codec")
                .eqNullSafe(ArchiveCodec.IFLOW.id())
                .and(col("fidelity").eqNullSafe(Fidelity.PIXELS.id())))
        .drop(ArchiveTable.AGE);
  }

  private static Dataset<Row> small(Dataset<Row> rows) {
    return rows.select(
        Stream.concat(
                SMALL.stream().map(ArchiveColumn::id),
                Stream.of(ArchiveSnapshot.DATA_FILE, ArchiveSnapshot.ROW_ID))
            .map(id -> col(id))
            .toArray(Column[]::new));
  }

  private static Column withPayload() {
    return not(col("status").eqNullSafe(ArchiveStatus.FAILED.id()));
  }

  @Override
  public void close() {
    decided.unpersist();
    selected.unpersist();
    names.close();
  }
}
