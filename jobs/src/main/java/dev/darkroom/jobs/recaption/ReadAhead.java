package dev.darkroom.jobs.recaption;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does some work on the next elements while the caller is busy with the ones before, and hands the
 * results out in order. Not thread-safe; the elements are taken by the caller's own thread.
 *
 * @param <A> an element
 * @param <B> what becomes of it
 */
final class ReadAhead<A, B> implements Iterator<B>, AutoCloseable {
  private final Iterator<A> elements;
  private final Function<A, B> work;
  private final int ahead;
  private final ExecutorService threads;
  private final Deque<Future<B>> window = new ArrayDeque<>();

  /**
   * Begins when the first result is asked for.
   *
   * @param threads how many elements are worked on at once
   * @param ahead how many are taken at most before their turn
   */
  ReadAhead(Iterator<A> elements, Function<A, B> work, int threads, int ahead) {
    this.elements = elements;
    this.work = work;
    this.ahead = ahead;
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "read-ahead");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public boolean hasNext() {
    return !window.isEmpty() || elements.hasNext();
  }

  @Override
  public B next() {
    if (!hasNext()) {
      throw new NoSuchElementException("every element was handed out");
    }
    while (window.size() < ahead && elements.hasNext()) {
      A element = elements.next();
      window.add(threads.submit(() -> work.apply(element)));
    }
    try {
      return window.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading ahead", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading ahead failed: " + e.getCause(), e);
    }
  }

  /** Gives up what has been begun. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
