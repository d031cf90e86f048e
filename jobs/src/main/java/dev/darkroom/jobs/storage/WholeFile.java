package dev.darkroom.jobs.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Writes a file so that at any moment either the old content or the new stands in its place, on
 * every file system: an old copy goes when the new one is there, and not before.
 *
 * <ul>
 *   <li>On an object store whose objects appear when they are closed (those that can abort a
 *       stream), the object is written over.
 *   <li>On HDFS and on this machine the file is written aside and moved over the old one in one
 *       step.
 *   <li>Elsewhere the old file is moved aside, the new one to its place, and then the old one is
 *       deleted; where that fails, the old one is put back.
 * </ul>
 */
public final class WholeFile {
  private WholeFile() {}

  /** What is written. */
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The file system of a path, without the checksum files that Hadoop leaves beside files of this
   * machine.
   */
  public static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    FileSystem fs = path.getFileSystem(hadoop);
    return fs instanceof LocalFileSystem local ? local.getRawFileSystem() : fs;
  }

  /**
   * Writes a file, and puts it in the place of one that is there. What this machine has there that
   * is no plain file (a device, a pipe, a link) is written to as it is.
   *
   * @throws IOException where it can't be written; the old file then stands
   */
  public static void write(FileSystem fs, Path target, Content content) throws IOException {
    if (fs instanceof RawLocalFileSystem local && isSpecial(local, target)) {
      try (OutputStream out = fs.create(target, true)) {
        content.writeTo(out);
      }
    } else if (fs.hasPathCapability(target, CommonPathCapabilities.ABORTABLE_STREAM)) {
      writeOver(fs, target, content);
    } else {
      Path aside = aside(target, "part");
      try {
        try (OutputStream out = fs.create(aside, false)) {
          content.writeTo(out);
        }
        replace(fs, aside, target);
      } finally {
        fs.delete(aside, false);
      }
    }
  }

  /**
   * Moves a file to the place of another, which may be there.
   *
   * @throws IOException where it can't be moved; the other file then stands
   */
  public static void replace(FileSystem fs, Path from, Path target) throws IOException {
    if (fs instanceof RawLocalFileSystem local) {
      Files.move(
          local.pathToFile(from).toPath(),
          local.pathToFile(target).toPath(),
          StandardCopyOption.ATOMIC_MOVE);
    } else if (fs instanceof DistributedFileSystem hdfs) {
      hdfs.rename(from, target, Options.Rename.OVERWRITE);
    } else if (fs.exists(target)) {
      replaceInSteps(fs, from, target);
    } else {
      rename(fs, from, target);
    }
  }

  private static boolean isSpecial(RawLocalFileSystem fs, Path target) {
    java.nio.file.Path path = fs.pathToFile(target).toPath();
    return Files.isSymbolicLink(path) || (Files.exists(path) && !Files.isRegularFile(path));
  }

  private static void writeOver(FileSystem fs, Path target, Content content) throws IOException {
    FSDataOutputStream out = fs.create(target, true);
    try {
      content.writeTo(out);
    } catch (IOException | RuntimeException e) {
      out.abort();
      throw e;
    }
    out.close();
  }

  private static void replaceInSteps(FileSystem fs, Path from, Path target) throws IOException {
    Path old = aside(target, "old");
    rename(fs, target, old);
    try {
      rename(fs, from, target);
    } catch (IOException | RuntimeException e) {
      if (!fs.exists(target) && !fs.rename(old, target)) {
        throw new IOException(
            "'%s' could not be written, and what was there is now '%s'; move it back"
                .formatted(target, old),
            e);
      }
      throw e;
    }
    fs.delete(old, false);
  }

  private static void rename(FileSystem fs, Path from, Path to) throws IOException {
    if (!fs.rename(from, to)) {
      throw new IOException("'" + from + "' could not be moved to '" + to + "'");
    }
  }

  private static Path aside(Path target, String ending) {
    return new Path(target.getParent(), ".darkroom-" + UUID.randomUUID() + "." + ending);
  }
}
