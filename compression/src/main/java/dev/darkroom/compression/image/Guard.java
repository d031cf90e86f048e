package dev.darkroom.compression.image;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps what decoders do wrong away from the caller: every failure becomes an {@link
 * ImageDecodeException}, and one that never ends is left behind.
 *
 * <p>Java can't stop a thread that does not cooperate. The decoder is interrupted and its input
 * stream {@linkplain DeadlineInput fails} from then on, which ends all that still read; a loop that
 * does neither runs on in a daemon thread.
 */
final class Guard {
  private Guard() {}

  static DecodedImage run(Duration timeout, Callable<DecodedImage> work)
      throws ImageDecodeException {
    FutureTask<DecodedImage> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "image-decoder");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new ImageDecodeException(
          ErrorType.TIMEOUT,
          "decoding took longer than %d ms; raise the limit (--timeout) if the file is sound"
              .formatted(timeout.toMillis()),
          e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new ImageDecodeException(ErrorType.TIMEOUT, "decoding was interrupted", e);
    } catch (ExecutionException e) {
      throw translate(e.getCause());
    }
  }

  private static ImageDecodeException translate(Throwable failure) {
    if (failure instanceof ImageDecodeException known) {
      return known;
    }
    if (failure instanceof OutOfMemoryError) {
      return new ImageDecodeException(
          ErrorType.OUT_OF_MEMORY,
          "decoding needs more memory than there is; raise the heap to read the image",
          failure);
    }
    if (failure instanceof StackOverflowError || !(failure instanceof Exception)) {
      return new ImageDecodeException(
          ErrorType.INTERNAL, "the decoder failed: " + failure, failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EOFException) {
        return new ImageDecodeException(
            ErrorType.TRUNCATED, "the file ends before the image does", failure);
      }
    }
    if (failure instanceof IOException) {
      return new ImageDecodeException(
          ErrorType.CORRUPT,
          failure.getMessage() == null
              ? "the file is damaged"
              : "the file is damaged: its decoder says '" + failure.getMessage() + "'",
          failure);
    }
    return new ImageDecodeException(
        ErrorType.INTERNAL,
        "the decoder stopped with %s: the file is damaged, or of a kind that the decoder can't read"
            .formatted(failure),
        failure);
  }
}
