package dev.darkroom.recaption.endpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps what a server writes: in a file that is bounded, since a full one takes the place of the
 * one before it, and the last lines in memory. Without secrets. Thread-safe.
 */
final class ServerLog implements AutoCloseable {
  private static final int LONGEST_LINE = 8192;
  private static final int LAST_LINES = 50;

  private final Path file;
  private final long fileBytes;
  private final Redaction redaction;
  private final Deque<String> last = new ArrayDeque<>();
  private OutputStream out;
  private long written;

  /**
   * Opens a log.
   *
   * @param file appended to; the one before it has {@code .1} at the end of its name
   * @param fileBytes size at which a file is full
   * @param redaction takes the secrets out
   */
  ServerLog(Path file, long fileBytes, Redaction redaction) throws IOException {
    this.file = file;
    this.fileBytes = fileBytes;
    this.redaction = redaction;
    Files.createDirectories(file.toAbsolutePath().getParent());
    this.out = open();
    this.written = Files.size(file);
  }

  private OutputStream open() throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  Path file() {
    return file;
  }

  /** Takes lines to the end of the stream; a progress bar's carriage returns end lines too. */
  void drain(InputStream stream) throws IOException {
    byte[] buffer = new byte[LONGEST_LINE];
    int length = 0;
    while (true) {
      int c = length == buffer.length ? '\n' : read(stream, length);
      if (c == '\n' || c == '\r' || c < 0) {
        if (length > 0) {
          add(new String(buffer, 0, length, StandardCharsets.UTF_8));
          length = 0;
        }
        if (c < 0) {
          return;
        }
      } else {
        buffer[length++] = (byte) c;
      }
    }
  }

  /** One byte; before a wait for more, what was logged goes to the file. */
  private int read(InputStream stream, int length) throws IOException {
    if (length == 0 && stream.available() == 0) {
      flush();
    }
    return stream.read();
  }

  /** Adds a line. */
  synchronized void add(String line) throws IOException {
    String clean = redaction.redact(line);
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(clean);
    byte[] bytes = (clean + "\n").getBytes(StandardCharsets.UTF_8);
    if (written > 0 && written + bytes.length > fileBytes) {
      out.close();
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      out = open();
      written = 0;
    }
    out.write(bytes);
    written += bytes.length;
  }

  synchronized void flush() throws IOException {
    out.flush();
  }

  /** The last lines, as many as were asked for or as there are. */
  synchronized List<String> lastLines(int most) {
    return last.stream().skip(Math.max(0, last.size() - most)).toList();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
