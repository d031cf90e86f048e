package dev.darkroom.jobs.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs work two pieces at a time, and hands on what comes of it in order. Spark gives the tasks of
 * the earlier of two jobs all cores that it can use, and the later one the rest: so the last tasks
 * of a chunk leave no core, and no GPU, without work.
 */
final class Overlap implements AutoCloseable {
  private static final int AT_ONCE = 2;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread made = new Thread(task, "chunks");
            made.setDaemon(true);
            return made;
          });

  /**
   * Does all the work.
   *
   * @param work begun in this order, asked for as late as can be
   * @param then takes what comes of it, in the same order, in the caller's thread
   * @throws RuntimeException what a piece of work has thrown; no more is begun then
   */
  <T> void run(Iterator<Supplier<T>> work, Consumer<T> then) {
    Deque<Future<T>> running = new ArrayDeque<>();
    while (work.hasNext() || !running.isEmpty()) {
      while (work.hasNext() && running.size() < AT_ONCE) {
        running.add(threads.submit(work.next()::get));
      }
      then.accept(result(running.remove()));
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a chunk failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a chunk", e);
    }
  }

  /** Begins no more work, and interrupts what runs. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
