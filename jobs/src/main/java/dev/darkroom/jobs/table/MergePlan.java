package dev.darkroom.jobs.table;

import static java.util.stream.Collectors.groupingBy;
import static org.apache.spark.sql.catalyst.util.QuotingUtils.quoteIdentifier;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.compression.archive.ArchiveStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What becomes of the rows that an archive has, and of those that come in: settled on the driver,
 * by small columns, so that no payload is moved before it is known where it goes.
 *
 * @param changes to rows that are there; all others stay
 * @param admitted the path and hash of those that come in
 * @param files the names of the data files with rows that change
 * @param recoded how many rows give the file from now on, where they gave its pixels
 */
record MergePlan(
    List<Change> changes, Set<List<String>> admitted, Set<String> files, long recoded) {
  private static final StructType ADMITTED =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("sha256", DataTypes.StringType, true);
  private static final StructType CHANGES =
      ADMITTED
          .add("failed", DataTypes.BooleanType, false)
          .add("fate", DataTypes.StringType, false)
          .add("new_size", DataTypes.LongType, true)
          .add("new_time", DataTypes.TimestampType, true)
          .add("new_archived_at", DataTypes.TimestampType, true);

  /** What becomes of a row that is there. */
  enum Fate {
    /** It goes. */
    GONE,
    /** It is the file that was seen: size and time are noted. */
    TOUCHED,
    /** Its content has come back after other content, and is the newest again. */
    RETURNED
  }

  /**
   * A change of all rows with this path and hash that failed, or that did not.
   *
   * @param incoming what came in
   */
  record Change(String path, String sha256, boolean failed, Fate fate, IncomingKeys.Key incoming) {
    private Row row() {
      return RowFactory.create(
          path,
          sha256,
          failed,
          fate.name(),
          incoming.size(),
          incoming.modificationTime(),
          incoming.archivedAt());
    }
  }

  /**
   * Plans.
   *
   * @param known all rows of the table with a path that comes in
   */
  static MergePlan of(List<KnownRow> known, IncomingKeys keys) {
    return new Planner(keys).plan(known);
  }

  /**
   * Those rows that come into the table. A row that is made again after it was planned, and came
   * out otherwise, is not among them.
   *
   * @param incoming the columns of the table and {@link RowAction#COLUMN}
   */
  Dataset<Row> admit(Dataset<Row> incoming) {
    Dataset<Row> wanted =
        incoming
            .sparkSession()
            .createDataFrame(
                admitted.stream().map(key -> RowFactory.create(key.toArray())).toList(), ADMITTED);
    return incoming.join(broadcast(wanted), sameRow(incoming, wanted), "left_semi");
  }

  /**
   * Rows that come in, with what the columns of others say of the rows whose place they take.
   *
   * @param incoming rows that are admitted, without these columns
   * @param rows all rows of {@link #files}
   * @param others the columns
   */
  Dataset<Row> withColumnsOfOthers(Dataset<Row> incoming, Dataset<Row> rows, List<String> others) {
    if (others.isEmpty()) {
      return incoming;
    }
    Dataset<Row> gone =
        changed(rows, changes.stream().filter(change -> change.fate() == Fate.GONE).toList());
    Dataset<Row> before =
        rows.join(broadcast(gone), isChanged(rows, gone), "left_semi")
            .select(
                rows.col("source_path").as("path"),
                rows.col("file_sha256").as("sha256"),
                // Inside, as they may have any name.
                struct(columns(rows, others)).as("others"))
            .dropDuplicates("path", "sha256");
    Stream<Column> are = Arrays.stream(columns(incoming, List.of(incoming.columns())));
    Stream<Column> were = others.stream().map(name -> before.col("others").getField(name).as(name));
    return incoming
        .join(broadcast(before), sameRow(incoming, before), "left")
        .select(Stream.concat(are, were).toArray(Column[]::new));
  }

  /**
   * Those rows that stay in the table, with what changes of them.
   *
   * @param rows all rows of {@link #files}
   * @param version the number of the transaction
   */
  Dataset<Row> stay(Dataset<Row> rows, long version) {
    Dataset<Row> changed = changed(rows, changes);
    Column fate = changed.col("fate");
    Column seen = fate.isNotNull();
    Column returned = fate.equalTo(Fate.RETURNED.name());
    Map<String, Column> noted =
        Map.of(
            "file_size", when(seen, changed.col("new_size")),
            "modification_time", when(seen, changed.col("new_time")),
            "archived_at", when(returned, changed.col("new_archived_at")),
            "version", when(returned, lit(version)));
    return rows.join(broadcast(changed), isChanged(rows, changed), "left")
        .filter(fate.isNull().or(fate.notEqual(Fate.GONE.name())))
        .select(
            Arrays.stream(rows.columns())
                .map(
                    name -> {
                      Column is = rows.col(quoteIdentifier(name));
                      return noted.containsKey(name) ? noted.get(name).otherwise(is).as(name) : is;
                    })
                .toArray(Column[]::new));
  }

  private static Dataset<Row> changed(Dataset<Row> rows, List<Change> changes) {
    return rows.sparkSession().createDataFrame(changes.stream().map(Change::row).toList(), CHANGES);
  }

  private static Column isChanged(Dataset<Row> rows, Dataset<Row> changed) {
    Column isFailure = coalesce(rows.col("status").equalTo(ArchiveStatus.FAILED.id()), lit(false));
    return sameRow(rows, changed).and(isFailure.equalTo(changed.col("failed")));
  }

  private static Column sameRow(Dataset<Row> rows, Dataset<Row> keys) {
    return rows.col("source_path")
        .equalTo(keys.col("path"))
        .and(rows.col("file_sha256").eqNullSafe(keys.col("sha256")));
  }

  private static Column[] columns(Dataset<Row> rows, List<String> names) {
    return names.stream()
        .map(name -> rows.col(quoteIdentifier(name)).as(name))
        .toArray(Column[]::new);
  }

  private static final class Planner {
    private final Map<List<String>, IncomingKeys.Key> incoming = new HashMap<>();
    private final Map<String, List<IncomingKeys.Key>> byPath;
    private final Set<Change> changes = new LinkedHashSet<>();
    private final Set<List<String>> refused = new HashSet<>();
    private final Set<String> files = new HashSet<>();
    private long recoded;

    Planner(IncomingKeys keys) {
      keys.keys().forEach(key -> incoming.put(key.identity(), key));
      byPath = keys.keys().stream().collect(groupingBy(IncomingKeys.Key::path));
    }

    MergePlan plan(List<KnownRow> known) {
      known.stream().collect(groupingBy(KnownRow::path)).values().forEach(this::path);
      Set<List<String>> admitted = new HashSet<>();
      for (IncomingKeys.Key key : incoming.values()) {
        if (key.action().brings() && !refused.contains(key.identity())) {
          admitted.add(key.identity());
        }
      }
      return new MergePlan(new ArrayList<>(changes), admitted, files, recoded);
    }

    private void path(List<KnownRow> rows) {
      rows.stream().filter(KnownRow::hasFailed).forEach(this::failure);
      List<KnownRow> sound = rows.stream().filter(row -> !row.hasFailed()).toList();
      Optional<KnownRow> newest = sound.stream().max(KnownRow.AGE);
      sound.stream()
          .collect(groupingBy(KnownRow::identity))
          .forEach((identity, same) -> sound(same, newest.map(same::contains).orElse(false)));
    }

    /** A failure goes with the next attempt, whatever came of that. */
    private void failure(KnownRow row) {
      IncomingKeys.Key same = incoming.get(row.identity());
      if (same == null) {
        change(row, Fate.GONE, byPath.get(row.path()).get(0));
      } else if (same.action() != RowAction.TOUCH) {
        change(row, Fate.GONE, same);
      }
    }

    /** Rows of one path and hash have one fate: there may be several in tables of others. */
    private void sound(List<KnownRow> rows, boolean haveNewest) {
      IncomingKeys.Key same = incoming.get(rows.get(0).identity());
      if (same == null) {
        return;
      }
      boolean failed = ArchiveStatus.FAILED.id().equals(same.status());
      if (same.action() == RowAction.TOUCH) {
        rows.forEach(row -> change(row, Fate.TOUCHED, same));
      } else if (!failed && rows.stream().allMatch(row -> replaces(same, row))) {
        rows.forEach(row -> change(row, Fate.GONE, same));
        if (same.action() == RowAction.ADD) {
          recoded += rows.stream().filter(KnownRow::givesPixels).count();
        }
      } else {
        refused.add(same.identity());
        if (!failed && same.action() == RowAction.ADD && !haveNewest) {
          rows.forEach(row -> change(row, Fate.RETURNED, same));
        }
      }
    }

    private static boolean replaces(IncomingKeys.Key key, KnownRow row) {
      return key.action() == RowAction.REPLACE
          || KnownRow.givesFile(key.status(), key.fidelity()) && !row.givesFile();
    }

    private void change(KnownRow row, Fate fate, IncomingKeys.Key key) {
      changes.add(new Change(row.path(), row.sha256(), row.hasFailed(), fate, key));
      files.add(row.file());
    }
  }
}
