package dev.darkroom.jobs.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A file's bytes. Where reading fails, the file is opened anew and read on from the same place. A
 * file that ends before the length that it had is one that failed.
 *
 * <p>It buffers, and passes over bytes without reading them. Not thread-safe.
 */
final class ReopeningStream extends InputStream {
  private static final int BUFFER = 1 << 16;

  /** An open file. */
  interface Positioned extends Closeable {
    /** As {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] bytes, int offset, int length) throws IOException;

    void seek(long position) throws IOException;
  }

  /** Opens the file at its beginning. */
  interface Opener {
    Positioned open() throws IOException;
  }

  private final Opener opener;
  private final long length;
  private final byte[] buffer = new byte[BUFFER];
  private Optional<Positioned> file = Optional.empty();

  /** Where the open file stands. */
  private long filePosition;

  /** Where the first byte of the buffer stands. */
  private long bufferPosition;

  private int buffered;
  private int next;

  /** How many bytes to come are not looked at, and read as zeros. */
  private long passing;

  /**
   * A stream from the file's beginning.
   *
   * @param length how many bytes the file has
   */
  ReopeningStream(Opener opener, long length) {
    this.opener = opener;
    this.length = length;
  }

  /** How many bytes have been read or passed over. */
  long position() {
    return bufferPosition + next;
  }

  /** Lets the next bytes of the file be zeros, which costs nothing. */
  void pass(long bytes) {
    passing = Math.min(bytes, Math.max(0, length - position()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    if (passing > 0) {
      int zeros = (int) Math.min(count, passing);
      Arrays.fill(bytes, offset, offset + zeros, (byte) 0);
      passing -= zeros;
      moveTo(position() + zeros);
      return zeros;
    }
    if (next == buffered && !fill()) {
      return -1;
    }
    int copied = Math.min(count, buffered - next);
    System.arraycopy(buffer, next, bytes, offset, copied);
    next += copied;
    return copied;
  }

  @Override
  public long skip(long count) {
    long to = Math.min(Math.max(position(), length), position() + Math.max(0, count));
    long skipped = to - position();
    passing = Math.max(0, passing - skipped);
    moveTo(to);
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, length - position()));
  }

  private void moveTo(long position) {
    long within = position - bufferPosition;
    if (within <= buffered) {
      next = (int) within;
    } else {
      bufferPosition = position;
      buffered = 0;
      next = 0;
    }
  }

  private boolean fill() throws IOException {
    long from = position();
    int read = -1;
    for (int attempt = 1; ; attempt++) {
      try {
        read = readAt(from);
        break;
      } catch (IOException e) {
        forget();
        Attempts.giveUpOrPause(e, attempt);
      }
    }
    bufferPosition = from;
    buffered = Math.max(0, read);
    next = 0;
    return read > 0;
  }

  private int readAt(long position) throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(opener.open());
      filePosition = 0;
    }
    if (filePosition != position) {
      file.get().seek(position);
      filePosition = position;
    }
    int read = file.get().read(buffer, 0, buffer.length);
    if (read < 0 && position < length) {
      throw new IOException(
          "it ended at byte %d of %d while it was read".formatted(position, length));
    }
    filePosition += Math.max(0, read);
    return read;
  }

  private void forget() {
    try {
      close();
    } catch (IOException e) {
      // It failed already, and is opened anew.
      file = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    Optional<Positioned> open = file;
    file = Optional.empty();
    if (open.isPresent()) {
      open.get().close();
    }
  }
}
