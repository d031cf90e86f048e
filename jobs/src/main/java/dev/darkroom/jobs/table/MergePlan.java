package dev.darkroom.jobs.table;

import static java.util.stream.Collectors.groupingBy;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.darkroom.compression.archive.ArchiveStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
   * Those rows that come into the table.
   *
   * @param incoming the columns of the table and {@link RowAction#COLUMN}
   * @param keys of these rows
   */
  Dataset<Row> admit(Dataset<Row> incoming, IncomingKeys keys) {
    if (admitted.size() == keys.keys().size()) {
      return incoming;
    }
    Dataset<Row> wanted =
        incoming
            .sparkSession()
            .createDataFrame(
                admitted.stream().map(key -> RowFactory.create(key.toArray())).toList(), ADMITTED);
    return incoming.join(
        broadcast(wanted),
        incoming
            .col("source_path")
            .equalTo(wanted.col("path"))
            .and(incoming.col("file_sha256").eqNullSafe(wanted.col("sha256"))),
        "left_semi");
  }

  /**
   * What becomes of rows that are there.
   *
   * @param rows all rows of {@link #files}
   * @param version the number of the transaction
   */
  Dataset<Row> apply(Dataset<Row> rows, long version) {
    Dataset<Row> changed =
        rows.sparkSession().createDataFrame(changes.stream().map(Change::row).toList(), CHANGES);
    Column isFailure = coalesce(rows.col("status").equalTo(ArchiveStatus.FAILED.id()), lit(false));
    Dataset<Row> joined =
        rows.join(
                broadcast(changed),
                rows.col("source_path")
                    .equalTo(changed.col("path"))
                    .and(rows.col("file_sha256").eqNullSafe(changed.col("sha256")))
                    .and(isFailure.equalTo(changed.col("failed"))),
                "left")
            .filter(col("fate").isNull().or(col("fate").notEqual(Fate.GONE.name())));
    Map<String, Column> replaced =
        Map.of(
            "file_size", col("new_size"),
            "modification_time", col("new_time"),
            "archived_at", col("new_archived_at"),
            "version", lit(version));
    Column seen = col("fate").isNotNull();
    Column returned = col("fate").equalTo(Fate.RETURNED.name());
    return joined.select(
        Arrays.stream(rows.columns())
            .map(
                name -> {
                  Column is = rows.col(name);
                  if (!replaced.containsKey(name)) {
                    return is;
                  }
                  boolean always = name.equals("file_size") || name.equals("modification_time");
                  return when(always ? seen : returned, replaced.get(name)).otherwise(is).as(name);
                })
            .toArray(Column[]::new));
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
        boolean comes = key.action() == RowAction.ADD || key.action() == RowAction.REPLACE;
        if (comes && !refused.contains(key.identity())) {
          admitted.add(key.identity());
        }
      }
      return new MergePlan(new ArrayList<>(changes), admitted, files, recoded);
    }

    private void path(List<KnownRow> rows) {
      KnownRow newest =
          rows.stream().filter(row -> !row.hasFailed()).max(KnownRow.AGE).orElse(null);
      for (KnownRow row : rows) {
        if (row.hasFailed()) {
          failure(row);
        } else {
          sound(row, row.equals(newest));
        }
      }
    }

    /** A failure goes with the next attempt, whatever came of that. */
    private void failure(KnownRow row) {
      IncomingKeys.Key same = incoming.get(identity(row));
      if (same == null) {
        change(row, Fate.GONE, byPath.get(row.path()).get(0));
      } else if (same.action() != RowAction.TOUCH) {
        change(row, Fate.GONE, same);
      }
    }

    private void sound(KnownRow row, boolean isNewest) {
      IncomingKeys.Key same = incoming.get(identity(row));
      if (same == null) {
        return;
      }
      boolean failed = ArchiveStatus.FAILED.id().equals(same.status());
      if (same.action() == RowAction.TOUCH) {
        change(row, Fate.TOUCHED, same);
      } else if (!failed && replaces(same, row)) {
        change(row, Fate.GONE, same);
        if (same.action() == RowAction.ADD && row.givesPixels()) {
          recoded++;
        }
      } else {
        refused.add(same.identity());
        if (!failed && same.action() == RowAction.ADD && !isNewest) {
          change(row, Fate.RETURNED, same);
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

    private static List<String> identity(KnownRow row) {
      return Arrays.asList(row.path(), row.sha256());
    }
  }
}
