package dev.darkroom.jobs.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/** A folder that files are put into, each whole or not at all. */
public interface TargetFolder {
  /** What became of a file. */
  enum Outcome {
    /** Written. */
    WRITTEN,
    /** There already, with the same content. */
    SAME
  }

  /**
   * Writes a file aside and moves it to its place.
   *
   * @param name a path as {@link TargetName} makes it
   * @param content what it is to hold
   * @param overwrite whether another file may be replaced
   * @throws IOException where it can't be written, another file is there, or the place turns out to
   *     lie outside the folder
   */
  Outcome put(String name, FileContent content, boolean overwrite) throws IOException;

  /**
   * The same, of bytes in memory.
   *
   * @throws IOException as the other
   */
  default Outcome put(String name, byte[] content, boolean overwrite) throws IOException {
    return put(name, FileContent.of(content), overwrite);
  }

  /**
   * Opens a folder, and makes it where it is not there.
   *
   * @param location a path or URI of any Hadoop file system
   */
  static TargetFolder open(String location, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(location);
    org.apache.hadoop.fs.FileSystem fs = path.getFileSystem(hadoop);
    org.apache.hadoop.fs.Path qualified = fs.makeQualified(path);
    if ("file".equals(qualified.toUri().getScheme())) {
      try {
        return new LocalTargetFolder(Path.of(qualified.toUri().getPath()));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return new HadoopTargetFolder(fs, qualified);
  }
}
