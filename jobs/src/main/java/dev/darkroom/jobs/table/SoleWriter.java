package dev.darkroom.jobs.table;

import dev.darkroom.jobs.source.PathRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.delta.Snapshot;

/**
 * What a driver knows of a table that was empty when it began to write, and that nobody else has
 * written to since: then it need not look up which paths are there. Not thread-safe.
 */
final class SoleWriter {
  private final List<PathRange> written = new ArrayList<>();
  private long version = -1;

  /** Whether the table is sure to have none of these paths. */
  boolean surelyLacks(Snapshot table, PathRange paths) {
    if (table.version() != version) {
      if (table.numOfFiles() > 0) {
        return false;
      }
      written.clear();
      version = table.version();
    }
    return written.stream().allMatch(paths::isApartFrom);
  }

  /**
   * Notes a transaction of this driver.
   *
   * @param before the table that it was made on
   * @param after the number of the transaction
   */
  void wrote(Snapshot before, long after, PathRange paths) {
    if (before.version() == version && after == before.version() + 1) {
      written.add(paths);
      version = after;
    }
  }
}
