package dev.darkroom.jobs.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Merges rows into an archive whose keys were not counted when they were made. */
final class IncomingRows {
  private IncomingRows() {}

  static ArchiveTable.Merged merge(ArchiveTable table, Dataset<Row> incoming) {
    return table.merge(incoming, keys(incoming));
  }

  static IncomingKeys keys(Dataset<Row> incoming) {
    return IncomingKeys.of(
        incoming.drop("payload").collectAsList().stream().map(IncomingKeys.Key::of).toList(), 0);
  }
}
