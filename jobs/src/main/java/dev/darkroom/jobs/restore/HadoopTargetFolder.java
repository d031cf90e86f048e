package dev.darkroom.jobs.restore;

import dev.darkroom.jobs.storage.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder of a file system without links: HDFS, an object store. */
final class HadoopTargetFolder implements TargetFolder {
  private final FileSystem fs;
  private final Path root;

  HadoopTargetFolder(FileSystem fs, Path root) throws IOException {
    this.fs = fs;
    this.root = root;
    fs.mkdirs(root);
  }

  @Override
  public Outcome put(String name, FileContent content, boolean overwrite) throws IOException {
    // Three parts, so that a colon in a name is not taken for the end of a scheme.
    Path target = new Path(root, new Path(null, null, name));
    String inside = root.toUri().getPath().replaceAll("/+$", "") + "/";
    if (!target.toUri().getPath().startsWith(inside)) {
      throw new IOException("'" + name + "' leads out of the output folder; it is not written");
    }
    if (fs.exists(target)) {
      if (same(target, content)) {
        return Outcome.SAME;
      }
      if (!overwrite || fs.getFileStatus(target).isDirectory()) {
        throw new IOException(
            "'" + target + "' is there with other content; --overwrite replaces a file");
      }
    }
    fs.mkdirs(target.getParent());
    WholeFile.write(
        fs,
        target,
        out -> {
          try (InputStream in = content.open()) {
            in.transferTo(out);
          }
        });
    return Outcome.WRITTEN;
  }

  private boolean same(Path target, FileContent content) throws IOException {
    if (fs.getFileStatus(target).isDirectory()
        || fs.getFileStatus(target).getLen() != content.size()) {
      return false;
    }
    try (InputStream in = fs.open(target)) {
      return content.isSame(in);
    }
  }
}
