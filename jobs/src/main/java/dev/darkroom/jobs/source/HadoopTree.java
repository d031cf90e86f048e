package dev.darkroom.jobs.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a Hadoop file system, or of an object store. */
final class HadoopTree implements FileTree {
  private final FileSystem fs;

  HadoopTree(FileSystem fs) {
    this.fs = fs;
  }

  @Override
  public Optional<TreeEntry> find(Path path) throws IOException {
    try {
      return Optional.of(entry(Attempts.of(() -> fs.getFileStatus(path))));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<TreeEntry> children(TreeEntry folder) throws IOException {
    List<TreeEntry> children = new ArrayList<>();
    for (FileStatus status : Attempts.of(() -> fs.listStatus(new Path(folder.location())))) {
      children.add(entry(status));
    }
    children.sort(Comparator.comparing(TreeEntry::location));
    return children;
  }

  @Override
  public String identity(TreeEntry folder) {
    return folder.location();
  }

  private static TreeEntry entry(FileStatus status) {
    boolean folder = status.isDirectory();
    return new TreeEntry(
        status.getPath().getName(),
        status.getPath().toString(),
        folder ? TreeEntry.Kind.FOLDER : TreeEntry.Kind.FILE,
        status.isSymlink(),
        folder ? -1 : status.getLen(),
        FileSource.modified(status.getModificationTime()),
        Optional.empty());
  }
}
