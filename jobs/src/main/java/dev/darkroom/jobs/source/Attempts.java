package dev.darkroom.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.apache.hadoop.security.AccessControlException;

/** Tries again what a file system did not manage, where it may manage a moment later. */
final class Attempts {
  /** How often something is tried before it counts as failed. */
  static final int MOST = 3;

  /** Grows threefold with each attempt. */
  private static final long FIRST_PAUSE_MILLIS = 100;

  private static final int PAUSE_GROWTH = 3;

  /** What will be no better a moment later. */
  private static final List<Class<? extends IOException>> LASTING =
      List.of(
          FileNotFoundException.class,
          NoSuchFileException.class,
          NotDirectoryException.class,
          FileSystemLoopException.class,
          AccessDeniedException.class,
          AccessControlException.class,
          ClosedByInterruptException.class);

  private Attempts() {}

  /** Something that may fail. */
  interface Call<T> {
    T run() throws IOException;
  }

  /**
   * What the call returns at the first attempt that does not fail.
   *
   * @throws IOException of the last attempt
   */
  static <T> T of(Call<T> call) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.run();
      } catch (IOException e) {
        giveUpOrPause(e, attempt);
      }
    }
  }

  /** Waits before the next attempt; throws the exception where there is to be none. */
  static void giveUpOrPause(IOException e, int attempt) throws IOException {
    boolean lasting = LASTING.stream().anyMatch(type -> type.isInstance(e));
    if (lasting || attempt >= MOST || Thread.currentThread().isInterrupted()) {
      throw e;
    }
    try {
      Thread.sleep(FIRST_PAUSE_MILLIS * (long) Math.pow(PAUSE_GROWTH, attempt - 1));
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped = new InterruptedIOException("reading was interrupted");
      stopped.addSuppressed(e);
      throw stopped;
    }
  }
}
