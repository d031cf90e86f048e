package dev.darkroom.jobs.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Opens files by their {@code source_path}: those of this machine as they are, whatever lies beside
 * them, others through their Hadoop file system. What fails is tried again, see {@link Attempts}.
 * Threads may share one.
 */
final class InputFiles {
  private static final String LOCAL = "file";

  private final Configuration hadoop;

  InputFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** A file's length, and how to read it. */
  record Opened(long length, ReopeningStream stream) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  /** The local file that a path means, on a machine whose paths without a scheme are local. */
  Optional<java.nio.file.Path> local(String location) {
    if (LocalPath.isPercent(location)) {
      return LocalPath.of(location);
    }
    return isLocal(new Path(location))
        ? Optional.of(LocalPath.absolute(absolute(new Path(location))))
        : Optional.empty();
  }

  /** Whether a path is one of this machine's. */
  boolean isLocal(Path path) {
    String scheme = path.toUri().getScheme();
    return LOCAL.equalsIgnoreCase(
        scheme == null ? FileSystem.getDefaultUri(hadoop).getScheme() : scheme);
  }

  private static String absolute(Path path) {
    String plain = path.toUri().getPath();
    return plain.startsWith("/")
        ? plain
        : System.getProperty("user.dir") + (plain.isEmpty() ? "" : "/" + plain);
  }

  /** Opens a file at its beginning. */
  Opened open(String location) throws IOException {
    Optional<java.nio.file.Path> local = local(location);
    if (local.isPresent()) {
      java.nio.file.Path file = local.get();
      long length = Attempts.of(() -> size(file));
      return new Opened(length, new ReopeningStream(() -> new LocalFile(file), length));
    }
    Path path = new Path(location);
    FileSystem fs = Attempts.of(() -> path.getFileSystem(hadoop));
    long length = Attempts.of(() -> fs.getFileStatus(path)).getLen();
    return new Opened(length, new ReopeningStream(() -> new HadoopFile(fs.open(path)), length));
  }

  private static long size(java.nio.file.Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new java.nio.file.AccessDeniedException(
          file.toString(), null, "it is a folder, pipe, socket or device");
    }
    return attributes.size();
  }

  /**
   * The next bytes of a stream, up to so many, in an array that is made at once: {@code readNBytes}
   * has them twice for a while.
   */
  static byte[] content(InputStream in, int size) throws IOException {
    byte[] bytes = new byte[size];
    int read = in.readNBytes(bytes, 0, size);
    return read == size ? bytes : Arrays.copyOf(bytes, read);
  }

  private static final class LocalFile implements ReopeningStream.Positioned {
    private final FileChannel channel;

    LocalFile(java.nio.file.Path file) throws IOException {
      channel = FileChannel.open(file);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static final class HadoopFile implements ReopeningStream.Positioned {
    private final FSDataInputStream in;

    HadoopFile(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, length);
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
