package dev.darkroom.jobs.source;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * This machine's files under {@code flaky:/}, of which one call in {@link #EVERY} fails, and reads
 * end early where {@link #SHORT} says so. Each read gives few bytes.
 */
public final class FlakyFileSystem extends RawLocalFileSystem {
  static final String EVERY = "flaky.every";
  static final String SHORT = "flaky.short";

  /** All calls of this JVM. */
  static final AtomicLong CALLS = new AtomicLong();

  static Configuration failing(int every) {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.flaky.impl", FlakyFileSystem.class.getName());
    hadoop.setBoolean("fs.flaky.impl.disable.cache", true);
    hadoop.setInt(EVERY, every);
    return hadoop;
  }

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  private void call() throws IOException {
    if (CALLS.incrementAndGet() % getConf().getInt(EVERY, Integer.MAX_VALUE) == 0) {
      throw new IOException("connection reset by peer");
    }
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    call();
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    call();
    return super.listStatus(path);
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    call();
    FSDataInputStream in = super.open(path, buffer);
    return new FSDataInputStream(new Flaky(in));
  }

  private final class Flaky extends FSInputStream {
    private final FSDataInputStream in;
    private final long end = getConf().getLong(SHORT, Long.MAX_VALUE);

    Flaky(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      call();
      long left = Math.min(1000, end - in.getPos());
      return left <= 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) throws IOException {
      return in.seekToNewSource(position);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
