package dev.darkroom.jobs.source;

import dev.darkroom.compression.Sha256;
import dev.darkroom.jobs.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of a folder as they are now, each by the {@code source_path} that a listing of the
 * folder gives it. Whatever is spelled otherwise, or lies elsewhere, is not there. What fails is
 * tried again, but for deletions. Threads may share one.
 */
public final class SourceFolder {
  private final InputFiles files;
  private final Root root;

  private SourceFolder(InputFiles files, Root root) {
    this.files = files;
    this.root = root;
  }

  /**
   * A file.
   *
   * @param size bytes
   * @param modified when it last changed, as a listing tells it
   * @param hidden whether its name, or that of a folder on the way to it, begins with a dot or an
   *     underscore
   * @param linked whether it is a link, or a folder on the way to it is one
   */
  public record FileState(
      long size, Optional<Timestamp> modified, boolean hidden, boolean linked) {}

  /** A folder on a file system of some kind. */
  private interface Root {
    Optional<FileState> find(String sourcePath) throws IOException;

    void delete(String sourcePath) throws IOException;
  }

  /**
   * Opens a folder that is there.
   *
   * @param folder a path or URI of any Hadoop file system; no pattern
   * @throws UserException where no folder is there
   */
  public static SourceFolder open(String folder, Configuration hadoop) {
    try {
      InputFiles files = new InputFiles(hadoop);
      FileSystem fs = new Path(folder).getFileSystem(hadoop);
      Path path = fs.makeQualified(new Path(folder));
      boolean local = files.isLocal(path);
      FileTree tree = local ? new LocalTree() : new HadoopTree(fs);
      if (tree.find(path).filter(TreeEntry::isFolder).isEmpty()) {
        throw new UserException("there is no folder '" + folder + "'; check the path");
      }
      return new SourceFolder(
          files,
          local
              ? new LocalRoot(LocalPath.absolute(path.toUri().getPath()))
              : new HadoopRoot(fs, path));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't open folder '" + folder + "': " + Reason.of(e), e);
    }
  }

  /**
   * Looks at a file.
   *
   * @return no value where no file of the folder has the path
   * @throws IOException where it can't be looked at
   */
  public Optional<FileState> find(String sourcePath) throws IOException {
    return root.find(sourcePath);
  }

  /**
   * The hash of a file of any size, which is read as a stream.
   *
   * @param sourcePath of a file that was found
   * @throws IOException where it can't be read to its end
   */
  public Sha256 hash(String sourcePath) throws IOException {
    try (InputFiles.Opened file = files.open(sourcePath)) {
      return Sha256.of(file.stream());
    }
  }

  /**
   * Deletes a file.
   *
   * @param sourcePath of a file that was found
   * @throws IOException where it is not there any more, or can't be deleted
   */
  public void delete(String sourcePath) throws IOException {
    root.delete(sourcePath);
  }

  private static boolean isHidden(Stream<String> names) {
    return names.anyMatch(name -> name.startsWith(".") || name.startsWith("_"));
  }

  private static FileState state(TreeEntry entry, boolean hidden, boolean linked) {
    return new FileState(entry.size(), entry.modified(), hidden, linked);
  }

  private static boolean isFile(TreeEntry entry) {
    return entry.kind() == TreeEntry.Kind.FILE;
  }

  private static final class LocalRoot implements Root {
    private final java.nio.file.Path folder;
    private final java.nio.file.Path real;

    LocalRoot(java.nio.file.Path folder) throws IOException {
      this.folder = folder;
      this.real = folder.toRealPath();
    }

    @Override
    public Optional<FileState> find(String sourcePath) throws IOException {
      Optional<java.nio.file.Path> file = file(sourcePath);
      Optional<TreeEntry> found = file.flatMap(LocalTree::find).filter(SourceFolder::isFile);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      java.nio.file.Path path = file.get();
      java.nio.file.Path below = folder.relativize(path);
      boolean hidden =
          isHidden(
              StreamSupport.stream(below.spliterator(), false).map(java.nio.file.Path::toString));
      try {
        boolean linked = !path.toRealPath().equals(real.resolve(below));
        return Optional.of(state(found.get(), hidden, linked));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }

    @Override
    public void delete(String sourcePath) throws IOException {
      Files.delete(file(sourcePath).orElseThrow(() -> new NoSuchFileException(sourcePath)));
    }

    private Optional<java.nio.file.Path> file(String sourcePath) {
      try {
        return LocalPath.of(sourcePath)
            .filter(path -> LocalPath.sourcePath(path).equals(sourcePath))
            .filter(path -> path.normalize().startsWith(folder) && !path.equals(folder));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  private static final class HadoopRoot implements Root {
    private final FileSystem fs;
    private final HadoopTree tree;
    private final String inside;

    HadoopRoot(FileSystem fs, Path folder) {
      this.fs = fs;
      this.tree = new HadoopTree(fs);
      this.inside = folder.toString().replaceAll("/+$", "") + "/";
    }

    @Override
    public Optional<FileState> find(String sourcePath) throws IOException {
      Optional<Path> path = path(sourcePath);
      if (path.isEmpty()) {
        return Optional.empty();
      }
      boolean hidden = isHidden(Stream.of(sourcePath.substring(inside.length()).split("/")));
      return tree.find(path.get())
          .filter(SourceFolder::isFile)
          .map(entry -> state(entry, hidden, entry.link()));
    }

    @Override
    public void delete(String sourcePath) throws IOException {
      Path path = path(sourcePath).orElseThrow(() -> new FileNotFoundException(sourcePath));
      if (!fs.delete(path, false)) {
        throw new FileNotFoundException(sourcePath);
      }
    }

    /** Paths that lead out of the folder, or around in it, are not as Hadoop spells them. */
    private Optional<Path> path(String sourcePath) {
      try {
        return sourcePath.startsWith(inside)
            ? Optional.of(new Path(sourcePath)).filter(path -> path.toString().equals(sourcePath))
            : Optional.empty();
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }
}
