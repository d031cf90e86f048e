package dev.darkroom.jobs.endure;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * This machine's files under the scheme {@code flaky:}, of a store that fails: one call in {@code
 * flaky.one.in} ends with an error, before it did anything. Which ones, the number of the call and
 * {@code flaky.seed} say.
 */
public final class FlakyFileSystem extends RawLocalFileSystem {
  private static final AtomicLong CALLS = new AtomicLong();
  private static final ThreadLocal<Boolean> WITHIN = ThreadLocal.withInitial(() -> false);

  private long seed;
  private long oneIn;

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    seed = conf.getLong("flaky.seed", 1);
    oneIn = conf.getLong("flaky.one.in", 50);
  }

  @Override
  public String getScheme() {
    return "flaky";
  }

  @Override
  public URI getUri() {
    return URI.create("flaky:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return call("open", path, () -> super.open(path, bufferSize));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return call(
        "create",
        path,
        () -> super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return call(
        "create",
        path,
        () ->
            super.create(
                path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return call("rename", from, () -> super.rename(from, to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return call("delete", path, () -> super.delete(path, recursive));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return call("list", path, () -> super.listStatus(path));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return call("look at", path, () -> super.getFileStatus(path));
  }

  /** Calls that this class makes of itself are part of one call of the store. */
  private <T> T call(String name, Path path, Call<T> body) throws IOException {
    if (WITHIN.get()) {
      return body.run();
    }
    mayFail(name, path);
    WITHIN.set(true);
    try {
      return body.run();
    } finally {
      WITHIN.set(false);
    }
  }

  private void mayFail(String call, Path path) throws IOException {
    long mixed = (CALLS.incrementAndGet() ^ seed << 40) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
    if (Long.remainderUnsigned(mixed ^ mixed >>> 32, oneIn) == 0) {
      throw new IOException("503 Slow Down: the store does not " + call + " " + path + " now");
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws IOException;
  }
}
