package dev.darkroom.jobs.compress;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work that may never end, on a thread of its own with a deep stack.
 *
 * <p>Work that is late is interrupted and left behind on a daemon thread: Java can't end a thread
 * that does not listen. Not thread-safe; one per task.
 */
final class Deadline implements AutoCloseable {
  private static final long STACK_BYTES = 16L << 20;

  private final Duration limit;
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private ExecutorService worker;

  Deadline(Duration limit) {
    this.limit = limit;
    this.worker = newWorker();
  }

  /**
   * Runs the work, for as long as the limit at the most.
   *
   * @throws TimeoutException where it took longer than the limit
   * @throws ExecutionException with whatever the work threw, errors too
   * @throws InterruptedException where this thread was interrupted; the work is too
   */
  <T> T call(Callable<T> work) throws TimeoutException, ExecutionException, InterruptedException {
    return call(work, limit);
  }

  /**
   * Runs the work, for as long as this limit at the most; one that is no longer positive lets it
   * begin and no more.
   *
   * @throws TimeoutException where it took longer than the limit
   * @throws ExecutionException with whatever the work threw, errors too
   * @throws InterruptedException where this thread was interrupted; the work is too
   */
  <T> T call(Callable<T> work, Duration atMost)
      throws TimeoutException, ExecutionException, InterruptedException {
    Future<T> future = worker.submit(work);
    try {
      return future.get(Math.max(atMost.toMillis(), 0), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | InterruptedException e) {
      future.cancel(true);
      worker.shutdownNow();
      worker = newWorker();
      throw e;
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private ExecutorService newWorker() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(null, task, "darkroom-image", STACK_BYTES);
          thread.setDaemon(true);
          thread.setContextClassLoader(loader);
          return thread;
        });
  }
}
