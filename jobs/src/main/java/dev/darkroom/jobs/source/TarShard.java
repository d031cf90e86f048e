package dev.darkroom.jobs.source;

import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;

/**
 * A tar file, or some of its samples or members.
 *
 * @param path where it is
 * @param relativePath where it is below the root of the input
 * @param modifiedMillis when it last changed, in milliseconds since 1970
 * @param from number of the first sample or member that is wanted, counted from 0
 * @param to number of the first that is not
 */
record TarShard(String path, String relativePath, long modifiedMillis, long from, long to)
    implements Serializable {
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

  /** Whether it is compressed with gzip. */
  boolean isPacked() {
    return !path.toLowerCase(Locale.ROOT).endsWith(".tar");
  }

  /**
   * What stands for the rest of a tar that can't be read to its end.
   *
   * @param parts what is taken of the tar up to there
   */
  Candidate damaged(Exception reason, String parts) {
    return new Candidate(
        path,
        relativePath,
        -1,
        modified(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new SourceProblem(
                SourceProblem.Type.UNREADABLE,
                "the tar can't be read to its end: %s; its %s up to there are taken, copy it anew for the rest"
                    .formatted(Reason.ofTar(reason), parts))));
  }
}
