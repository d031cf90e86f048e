package dev.darkroom.udfs.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Loaded models, each loaded once and shared by all who ask for it.
 *
 * <p>A model is kept while someone holds a {@link Lease} on it, and for a while after the last one,
 * so that the next task finds it loaded. Then it is closed. {@link #evict} and {@link #close} stop
 * a model from being handed out; it is closed when its last lease ends.
 *
 * @param <T> what a loaded model is
 */
public final class ModelCache<T extends AutoCloseable> implements AutoCloseable {
  private final Duration idle;
  private final Map<String, Entry> entries = new HashMap<>();
  private final ScheduledExecutorService closer;

  /**
   * A cache.
   *
   * @param idle how long a model that nobody uses is kept
   */
  public ModelCache(Duration idle) {
    this.idle = idle;
    this.closer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "model-cache");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * A lease on a model, loaded now if it is not yet. Of several who ask at once one loads, and the
   * others wait; where that fails, all of them fail, and the next to ask tries again.
   *
   * @param key tells models, and the devices they are on, apart
   * @param loader loads the model
   */
  public Lease<T> lease(String key, Supplier<T> loader) {
    Entry entry;
    boolean mine;
    synchronized (entries) {
      mine = !entries.containsKey(key);
      entry = entries.computeIfAbsent(key, Entry::new);
      entry.leases++;
    }
    if (mine) {
      load(entry, loader);
    }
    try {
      return new Lease<>(entry.model.join(), () -> release(entry));
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private void load(Entry entry, Supplier<T> loader) {
    try {
      entry.model.complete(loader.get());
    } catch (RuntimeException | Error e) {
      synchronized (entries) {
        entries.remove(entry.key, entry);
      }
      entry.model.completeExceptionally(e);
    }
  }

  private void release(Entry entry) {
    synchronized (entries) {
      entry.leases--;
      entry.idleSince = System.nanoTime();
      if (entry.leases > 0) {
        return;
      }
      if (entries.get(entry.key) == entry) {
        Future<?> unused =
            closer.schedule(() -> closeIfIdle(entry), idle.toNanos(), TimeUnit.NANOSECONDS);
        return;
      }
    }
    entry.close();
  }

  private void closeIfIdle(Entry entry) {
    synchronized (entries) {
      if (entry.leases > 0
          || entries.get(entry.key) != entry
          || System.nanoTime() - entry.idleSince < idle.toNanos()) {
        return;
      }
      entries.remove(entry.key);
    }
    entry.close();
  }

  /** Hands the model out no more; it is closed as soon as nobody uses it. */
  public void evict(String key) {
    Optional<Entry> unused;
    synchronized (entries) {
      unused = Optional.ofNullable(entries.remove(key)).filter(entry -> entry.leases == 0);
    }
    unused.ifPresent(Entry::close);
  }

  /** How many models are loaded or being loaded, and can be leased. */
  public int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  /** Evicts all models. */
  @Override
  public void close() {
    List<String> keys;
    synchronized (entries) {
      keys = new ArrayList<>(entries.keySet());
    }
    keys.forEach(this::evict);
    closer.shutdown();
  }

  private final class Entry {
    private final String key;
    private final CompletableFuture<T> model = new CompletableFuture<>();
    private int leases;
    private long idleSince;

    Entry(String key) {
      this.key = key;
    }

    void close() {
      try {
        model.join().close();
      } catch (Exception e) {
        throw new IllegalStateException("model '" + key + "' can't be closed: " + e, e);
      }
    }
  }

  /**
   * The right to use a model until it is closed.
   *
   * @param <T> what a loaded model is
   */
  public static final class Lease<T> implements AutoCloseable {
    private final T model;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(T model, Runnable release) {
      this.model = model;
      this.release = release;
    }

    /** The model. */
    public T model() {
      return model;
    }

    /** Gives the model back; a second time does nothing. */
    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        release.run();
      }
    }
  }
}
