package dev.darkroom.recaption.endpoint;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for requests in flight, shared by everyone who uses one captioner. Whoever enters either
 * runs something, which leaves by itself when it is done, or leaves.
 */
final class Slots implements AutoCloseable {
  private final int number;
  private final Semaphore free;
  private final ExecutorService threads;

  Slots(int number) {
    this.number = number;
    this.free = new Semaphore(number, true);
    AtomicInteger made = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "darkroom-endpoint-" + made.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many there are. */
  int number() {
    return number;
  }

  /** Takes a place, if there is one. */
  boolean tryEnter() {
    return free.tryAcquire();
  }

  /** Takes a place, waiting for one. */
  void enter() throws InterruptedException {
    free.acquire();
  }

  /** Gives a place back that was not used. */
  void leave() {
    free.release();
  }

  /**
   * Runs work in a place that was taken, which is given back when the work ends or is cancelled.
   *
   * @throws IllegalStateException where this is closed
   */
  <T> Future<T> run(Callable<T> work) {
    FutureTask<T> task =
        new FutureTask<>(work) {
          @Override
          protected void done() {
            leave();
          }
        };
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the captioner is closed", e);
    }
    return task;
  }

  /** Interrupts what runs. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
