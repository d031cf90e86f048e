package dev.darkroom.jobs.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A tar file, or some of its samples.
 *
 * @param path where it is
 * @param relativePath where it is below the root of the input
 * @param modifiedMillis when it last changed, in milliseconds since 1970
 * @param from number of the first sample that is wanted, counted from 0
 * @param to number of the first that is not
 */
record TarShard(String path, String relativePath, long modifiedMillis, long from, long to)
    implements Serializable {
  private static final int BUFFER = 1 << 20;

  /** Whether a file's name is a tar's, compressed with gzip or not. */
  static boolean isName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".tar") || lower.endsWith(".tar.gz") || lower.endsWith(".tgz");
  }

  static TarShard of(Candidate file) {
    return new TarShard(
        file.sourcePath(),
        file.relativePath(),
        file.modified().map(java.sql.Timestamp::getTime).orElse(0L),
        0,
        Long.MAX_VALUE);
  }

  TarShard slice(long first, long end) {
    return new TarShard(path, relativePath, modifiedMillis, first, end);
  }

  /** The name that its members have in front, below the root of the input. */
  String folder() {
    return relativePath.replaceFirst("(?i)\\.(tar|tar\\.gz|tgz)$", "");
  }

  Optional<java.sql.Timestamp> modified() {
    return FileSource.modified(modifiedMillis);
  }

  /** Opens the file at its beginning, to be read as it streams in, whatever its size. */
  TarArchiveInputStream open(Configuration hadoop) throws IOException {
    Path file = new Path(path);
    InputStream raw = file.getFileSystem(hadoop).open(file);
    try {
      InputStream in = new BufferedInputStream(raw, BUFFER);
      boolean gzip = !path.toLowerCase(Locale.ROOT).endsWith(".tar");
      return new TarArchiveInputStream(gzip ? new GZIPInputStream(in, 1 << 16) : in);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }
}
