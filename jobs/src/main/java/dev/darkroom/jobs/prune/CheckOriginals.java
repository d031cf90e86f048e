package dev.darkroom.jobs.prune;

import dev.darkroom.jobs.source.SourceFolder;
import dev.darkroom.jobs.source.SourceFolder.FileState;
import dev.darkroom.jobs.table.ArchiveColumn;
import java.io.IOException;
import java.sql.Timestamp;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Looks at the originals that may go as far as the archive is concerned, and reads those that have
 * the right size and time; one row out for each, with the reason why it stays after all.
 */
final class CheckOriginals implements MapPartitionsFunction<Row, Row> {
  /** The column with what kept a file from being read; null of others. */
  static final String PROBLEM = "problem";

  /** A verdict, and the problem. */
  static final StructType SCHEMA = Verdicts.SCHEMA.add(PROBLEM, DataTypes.StringType);

  private static final long serialVersionUID = 1L;

  private final String images;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final LongAccumulator done;

  CheckOriginals(String images, Broadcast<SerializableConfiguration> hadoop, LongAccumulator done) {
    this.images = images;
    this.hadoop = hadoop;
    this.done = done;
  }

  /** Whether a file is as it was archived, as far as size and time tell. */
  static boolean isUnchanged(FileState file, long size, Timestamp modified) {
    return file.size() == size && file.modified().filter(time -> time.equals(modified)).isPresent();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> verdicts) {
    SourceFolder folder = SourceFolder.open(images, hadoop.value().value());
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(verdicts, 0), false)
        .map(verdict -> checked(verdict, folder))
        .iterator();
  }

  private Row checked(Row verdict, SourceFolder folder) {
    try {
      if (verdict.getAs(Verdicts.REASON) != null) {
        return row(verdict, verdict.getAs(Verdicts.REASON), null);
      }
      return row(verdict, problem(verdict, folder).map(Reason::text).orElse(null), null);
    } catch (IOException | RuntimeException e) {
      return row(verdict, Reason.UNREADABLE.text(), e.toString());
    } finally {
      done.add(1);
    }
  }

  private static Optional<Reason> problem(Row verdict, SourceFolder folder) throws IOException {
    String path = verdict.getAs(ArchiveColumn.SOURCE_PATH.id());
    Optional<FileState> found = folder.find(path);
    if (found.isEmpty()) {
      return Optional.of(Reason.MISSING);
    }
    FileState file = found.get();
    if (file.hidden()) {
      return Optional.of(Reason.HIDDEN);
    }
    if (file.linked()) {
      return Optional.of(Reason.LINKED);
    }
    boolean unchanged =
        isUnchanged(
                file,
                verdict.<Long>getAs(ArchiveColumn.FILE_SIZE.id()),
                verdict.getAs(ArchiveColumn.MODIFICATION_TIME.id()))
            && folder.hash(path).toHex().equals(verdict.getAs(ArchiveColumn.FILE_SHA256.id()));
    return unchanged ? Optional.empty() : Optional.of(Reason.CHANGED);
  }

  private static Row row(Row verdict, String reason, String problem) {
    Object[] cells = new Object[SCHEMA.length()];
    for (int i = 0; i < Verdicts.SCHEMA.length(); i++) {
      cells[i] = verdict.get(i);
    }
    cells[SCHEMA.fieldIndex(Verdicts.REASON)] = reason;
    cells[SCHEMA.fieldIndex(PROBLEM)] = problem;
    return RowFactory.create(cells);
  }
}
