package dev.darkroom.compression.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory that can be read until the reading thread is interrupted. */
final class DeadlineInput extends ImageInputStreamImpl {
  private final byte[] file;

  DeadlineInput(byte[] file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    prepare();
    return streamPos < file.length ? file[(int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    prepare();
    if (length == 0) {
      return 0;
    }
    if (streamPos >= file.length) {
      return -1;
    }
    int count = (int) Math.min(length, file.length - streamPos);
    System.arraycopy(file, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return file.length;
  }

  private void prepare() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the time for decoding is up");
    }
  }
}
