package dev.darkroom.jobs.run;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.SparkContext;

/**
 * Commits one chunk while the next is made: a commit is mostly waiting, and executors, above all
 * their GPUs, should not wait with it. Commits run one after the other, in the order in which they
 * were handed in, and at most one waits; so what a killed run loses stays small.
 *
 * <p>Their Spark jobs are in a pool of their own. Where the session schedules fairly ({@code
 * spark.scheduler.mode=FAIR}) they get cores beside the tasks of the next chunk; else they take
 * what those leave.
 */
final class BackgroundCommits implements AutoCloseable {
  private static final String POOL = "commits";

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, POOL);
            made.setDaemon(true);
            return made;
          });
  private Future<?> last;

  /** Nothing to commit yet. */
  BackgroundCommits(SparkContext context) {
    this.last = thread.submit(() -> context.setLocalProperty("spark.scheduler.pool", POOL));
  }

  /**
   * Hands a commit in, and returns as soon as the one before is done.
   *
   * @throws RuntimeException what the one before has thrown; this one is then not run
   */
  void submit(Runnable commit) {
    await();
    last = thread.submit(commit);
  }

  /**
   * Waits until everything is committed.
   *
   * @throws RuntimeException what the last commit has thrown
   */
  void await() {
    try {
      last.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        cause.addSuppressed(new IllegalStateException("thrown by a commit in the background"));
        throw cause;
      }
      throw new IllegalStateException("a commit failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a commit", e);
    }
  }

  /** Lets a commit that has begun end, whatever comes of it. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = Thread.interrupted();
    while (!last.isDone()) {
      try {
        last.get();
      } catch (ExecutionException e) {
        // Whoever closes without waiting has something worse to tell.
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
