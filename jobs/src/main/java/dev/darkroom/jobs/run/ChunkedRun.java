package dev.darkroom.jobs.run;

import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Goes through the chunks of a job. Two are made at a time, so that the last tasks of one leave no
 * core and no GPU without work. What is made is kept on the executors' disks, and is committed in
 * the background, one chunk after the other and in their order, while the next are made.
 *
 * <p>Whatever ends a run early, every chunk is in the table as a whole or not at all, and at most
 * {@link #LOST_AT_MOST} that were begun are not.
 *
 * @param <C> a chunk: what is to be done
 * @param <T> what is counted of it
 */
public abstract class ChunkedRun<C, T> {
  /**
   * Chunks that have been begun and are not in the table: one that is being committed, and two that
   * are being made, or of which one waits to be committed.
   */
  public static final int LOST_AT_MOST = 3;

  /**
   * A chunk's rows, on the executors' disks.
   *
   * @param rows the rows, persisted
   * @param counts what was counted of them
   */
  protected record Made<T>(Dataset<Row> rows, T counts) {
    /**
     * Makes rows.
     *
     * @param rows how they are made
     * @param count counts them, in a way that reads each one
     */
    public static <T> Made<T> of(Dataset<Row> rows, Function<Dataset<Row>, T> count) {
      Dataset<Row> persisted = rows.persist(StorageLevel.DISK_ONLY());
      return new Made<>(persisted, count.apply(persisted));
    }
  }

  /** Makes a chunk's rows. Called for two chunks at a time, in threads of their own. */
  protected abstract Made<T> make(C chunk);

  /** Commits a chunk's rows, in one transaction. Called for one chunk at a time, in their order. */
  protected abstract void commit(C chunk, Made<T> made);

  /**
   * Makes and commits all chunks.
   *
   * @param chunks asked for as late as can be
   * @throws RuntimeException what making or committing has thrown; no more is begun then, and a
   *     commit that has begun ends
   */
  public final void run(SparkContext context, Stream<C> chunks) {
    try (BackgroundCommits commits = new BackgroundCommits(context);
        Overlap overlap = new Overlap()) {
      Iterator<Supplier<Runnable>> work =
          chunks.<Supplier<Runnable>>map(chunk -> () -> made(chunk)).iterator();
      overlap.run(work, commits::submit);
      commits.await();
    }
  }

  /** Makes a chunk, and returns how it is committed. */
  private Runnable made(C chunk) {
    Made<T> made = make(chunk);
    return () -> {
      try {
        commit(chunk, made);
      } finally {
        made.rows().unpersist();
      }
    };
  }
}
