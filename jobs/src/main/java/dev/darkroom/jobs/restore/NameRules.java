package dev.darkroom.jobs.restore;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * What a folder makes of names.
 *
 * @param portable whether names that Windows reserves are changed
 * @param folds whether names that differ in case or in their Unicode composition alone are one
 * @param longestPath bytes of UTF-8 that a whole path below the folder may have
 */
record NameRules(boolean portable, boolean folds, int longestPath) implements Serializable {
  /** Of 4,096 bytes that Linux takes, what is left below a folder of usual depth. */
  static final int LONGEST_PATH = 3000;

  /** Of 1,024 bytes that object stores take. */
  private static final int LONGEST_KEY = 800;

  /**
   * The rules of a folder that is there. A folder of this machine is tried out; other file systems
   * tell all names apart.
   *
   * @param location a path or URI of any Hadoop file system
   */
  static NameRules of(String location, NameStyle style, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(location);
    FileSystem fs = path.getFileSystem(hadoop);
    String scheme = fs.getUri().getScheme();
    boolean local = "file".equals(scheme);
    boolean portable = style == NameStyle.PORTABLE || (local && File.separatorChar == '\\');
    boolean folds = portable || (local && folds(Path.of(fs.makeQualified(path).toUri().getPath())));
    boolean longPaths = local || "hdfs".equals(scheme) || "viewfs".equals(scheme);
    return new NameRules(portable, folds, longPaths ? LONGEST_PATH : LONGEST_KEY);
  }

  /** What is the same for two paths that are one in the folder. */
  String key(String path) {
    return folds
        ? Normalizer.normalize(path, Normalizer.Form.NFD)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
        : path;
  }

  private static boolean folds(Path folder) throws IOException {
    String name = ".darkroom-" + UUID.randomUUID() + "-";
    return isOne(folder, name + "a", name + "A")
        || isOne(folder, name + "\u00e9", name + "e\u0301");
  }

  private static boolean isOne(Path folder, String one, String other) throws IOException {
    Path file = folder.resolve(one);
    try {
      Files.write(file, new byte[0]);
      return Files.exists(folder.resolve(other));
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
