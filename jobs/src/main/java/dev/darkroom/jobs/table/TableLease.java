package dev.darkroom.jobs.table;

import static org.apache.hadoop.fs.Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
import static org.apache.hadoop.fs.Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE_ETAG;

import dev.darkroom.jobs.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The right to write to a table: a file beside its log that one driver holds at a time.
 *
 * <p>It is for stores on which Delta's log can't keep two drivers apart ({@link TableLock}). The
 * holder writes the file anew every few seconds. Who waits judges by that alone whether the holder
 * lives, by his own clock: a file that has not changed for {@link Terms#life} is taken over. Where
 * the store writes an object only if it is not there, or only in place of the one that was read,
 * one of several that try at once gets it; elsewhere the last to write has it, which shows when it
 * is read again after {@link Terms#settle}.
 */
final class TableLease implements AutoCloseable {
  /** The file's name; Delta leaves names with an underscore alone. */
  static final String NAME = "_darkroom_writer.lease";

  /**
   * How a lease is held.
   *
   * @param life how long a file stays as it is before its holder counts as gone
   * @param settle how long others may take to write, after they saw that they may
   * @param patience how long to wait for a holder that lives
   */
  record Terms(Duration life, Duration settle, Duration patience) {
    static final Terms DEFAULT =
        new Terms(Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofMinutes(30));
  }

  private static final long POLL_MILLIS = 500;

  private final FileSystem fs;
  private final Path file;
  private final Terms terms;
  private final boolean conditional;
  private final String owner =
      ManagementFactory.getRuntimeMXBean().getName() + " " + UUID.randomUUID();
  private final ScheduledExecutorService renewing =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "darkroom-lease");
            thread.setDaemon(true);
            return thread;
          });
  private long renewals;
  private volatile boolean lost;

  private TableLease(FileSystem fs, Path file, Terms terms) throws IOException {
    this.fs = fs;
    this.file = file;
    this.terms = terms;
    this.conditional = fs.hasPathCapability(file, FS_OPTION_CREATE_CONDITIONAL_OVERWRITE);
  }

  /**
   * Takes the lease of a table, as soon as it is free.
   *
   * @throws UserException where another driver holds it for longer than there is patience
   * @throws IOException where the store can't be read or written
   */
  static TableLease take(FileSystem fs, Path table, Terms terms) throws IOException {
    TableLease lease = new TableLease(fs, new Path(table, NAME), terms);
    try {
      lease.await();
    } catch (IOException | RuntimeException e) {
      lease.renewing.shutdownNow();
      throw e;
    }
    long pause = terms.life().toMillis() / 6;
    var unused =
        lease.renewing.scheduleWithFixedDelay(lease::renew, pause, pause, TimeUnit.MILLISECONDS);
    return lease;
  }

  private void await() throws IOException {
    long begun = System.nanoTime();
    Optional<Held> seen = Optional.empty();
    long unchangedSince = begun;
    while (true) {
      Optional<Held> now = read();
      if (now.isEmpty() && write(Optional.empty()) && isMineAfterSettling()) {
        return;
      }
      if (!now.equals(seen)) {
        seen = now;
        unchangedSince = System.nanoTime();
      } else if (now.isPresent()
          && elapsed(unchangedSince).compareTo(terms.life()) > 0
          && write(now)
          && isMineAfterSettling()) {
        return;
      }
      if (elapsed(begun).compareTo(terms.patience()) > 0) {
        throw new UserException(
            ("another driver (%s) is writing to '%s', whose store lets one write at a time; wait"
                    + " for it, or configure a log store that coordinates drivers")
                .formatted(now.map(Held::owner).orElse("unknown"), file.getParent()));
      }
      pause(POLL_MILLIS);
    }
  }

  private static Duration elapsed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  private boolean isMineAfterSettling() throws IOException {
    pause(conditional ? 0 : terms.settle().toMillis());
    return isMine(read());
  }

  private boolean isMine(Optional<Held> held) {
    return held.map(Held::owner).equals(Optional.of(owner));
  }

  /** What the file says, and what tells this writing of it from others. */
  private record Held(String owner, String content, String etag) {}

  private Optional<Held> read() throws IOException {
    try {
      FileStatus status = fs.getFileStatus(file);
      String content;
      try (FSDataInputStream in = fs.open(file)) {
        content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      String etag = status instanceof EtagSource tagged ? tagged.getEtag() : "";
      return Optional.of(
          new Held(content.lines().findFirst().orElse(""), content, etag == null ? "" : etag));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the file, in place of the one that was read.
   *
   * @return whether it was written; where not, another was quicker
   */
  private boolean write(Optional<Held> before) throws IOException {
    boolean fresh = before.isEmpty();
    FSDataOutputStreamBuilder<?, ?> builder =
        fs.createFile(file).recursive().overwrite(!fresh || conditional);
    if (conditional && fresh) {
      builder.must(FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    } else if (conditional && !before.get().etag().isEmpty()) {
      builder.must(FS_OPTION_CREATE_CONDITIONAL_OVERWRITE_ETAG, before.get().etag());
    }
    try (FSDataOutputStream out = builder.build()) {
      out.write((owner + "\n" + renewals++ + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (isMine(read())) {
        return true;
      }
      if (read().equals(before)) {
        throw e;
      }
      return false;
    }
    return true;
  }

  private void renew() {
    try {
      Optional<Held> now = read();
      lost = !isMine(now) || !write(now);
    } catch (IOException | RuntimeException e) {
      // The next time may do; if none does, another takes the lease over, and this one sees it.
      lost = lost || Thread.currentThread().isInterrupted();
    }
  }

  /**
   * Whether another driver has taken the lease over, since this one stood still for too long. Once
   * the lease is closed the answer holds for all the time that it was held.
   */
  boolean isLost() {
    return lost;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for another driver", e);
    }
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    renewing.shutdown();
    try {
      renewing.awaitTermination(terms.life().toMillis(), TimeUnit.MILLISECONDS);
      // Who has stood still until now has not been told by a renewal.
      lost = lost || !isMine(read());
      if (!lost) {
        fs.delete(file, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException("can't give the lease '" + file + "' back", e);
    }
  }
}
