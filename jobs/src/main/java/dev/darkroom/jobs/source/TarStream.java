package dev.darkroom.jobs.source;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The bytes of a tar, unpacked where it is packed. */
final class TarStream extends FilterInputStream {
  private static final int GZIP_BUFFER = 1 << 16;

  private final Optional<ReopeningStream> seekable;
  private long unpacked;

  private TarStream(InputStream in, Optional<ReopeningStream> seekable) {
    super(in);
    this.seekable = seekable;
  }

  static TarStream open(TarShard shard, InputFiles files) throws IOException {
    ReopeningStream raw = files.open(shard.path()).stream();
    if (!shard.isPacked()) {
      return new TarStream(raw, Optional.of(raw));
    }
    try {
      return new TarStream(
          new BufferedInputStream(new GZIPInputStream(raw, GZIP_BUFFER)), Optional.empty());
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Whether positions are ones of the file. */
  boolean isSeekable() {
    return seekable.isPresent();
  }

  /** How many bytes of the tar have been read. */
  long position() {
    return seekable.map(ReopeningStream::position).orElse(unpacked);
  }

  /** Lets the next bytes be zeros where that saves reading them. */
  void pass(long bytes) {
    seekable.ifPresent(stream -> stream.pass(bytes));
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    unpacked += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    unpacked += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    unpacked += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
