package dev.darkroom.jobs.prune;

import dev.darkroom.jobs.source.SourceFolder;
import dev.darkroom.jobs.source.SourceFolder.FileState;
import dev.darkroom.jobs.table.ArchiveColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Row;

/**
 * Deletes originals, each if it still has the size and the time of its row.
 *
 * <p>This is done by the driver, {@value #AT_ONCE} at once: a task that Spark runs again would find
 * the files gone, and could not tell who deleted them.
 */
final class Deletion {
  private static final int AT_ONCE = 16;
  private static final int BATCH = 1000;

  private final SourceFolder folder;
  private final Failures failures;
  private final AtomicLong deleted = new AtomicLong();

  /**
   * A deletion.
   *
   * @param failures is told of each file that could not be deleted
   */
  Deletion(SourceFolder folder, Failures failures) {
    this.folder = folder;
    this.failures = failures;
  }

  /** How many files are deleted by now. Any thread may ask. */
  long deleted() {
    return deleted.get();
  }

  /** Deletes, and takes as many rows at a time as are deleted soon. */
  void delete(Iterator<Row> rows) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      while (rows.hasNext()) {
        List<Callable<Optional<String>>> batch = new ArrayList<>();
        while (rows.hasNext() && batch.size() < BATCH) {
          Row row = rows.next();
          batch.add(() -> delete(row));
        }
        for (Future<Optional<String>> outcome : threads.invokeAll(batch)) {
          outcome.get().ifPresent(failures::add);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while originals were deleted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("deleting an original failed: " + e.getCause(), e);
    } finally {
      threads.shutdown();
    }
  }

  /** Returns why it could not be deleted. */
  private Optional<String> delete(Row row) {
    String path = row.getAs(ArchiveColumn.SOURCE_PATH.id());
    try {
      Optional<FileState> file = folder.find(path);
      if (file.isEmpty()) {
        return Optional.of(path + ": it went just now, and was not deleted here");
      }
      if (file.get().linked()
          || !CheckOriginals.isUnchanged(
              file.get(),
              row.<Long>getAs(ArchiveColumn.FILE_SIZE.id()),
              row.getAs(ArchiveColumn.MODIFICATION_TIME.id()))) {
        return Optional.of(path + ": it changed just now, and stays");
      }
      folder.delete(path);
      deleted.incrementAndGet();
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(path + ": it can't be deleted: " + e);
    }
  }
}
