package dev.darkroom.jobs.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The files of this machine, under whatever names they have. */
final class LocalTree implements FileTree {
  @Override
  public Optional<TreeEntry> find(org.apache.hadoop.fs.Path path) throws IOException {
    return find(LocalPath.absolute(path.toUri().getPath()));
  }

  /** What is at a place of this machine; no value where nothing is. */
  static Optional<TreeEntry> find(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(entry(path))
        : Optional.empty();
  }

  @Override
  public List<TreeEntry> children(TreeEntry folder) throws IOException {
    List<TreeEntry> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(path(folder))) {
      for (Path child : stream) {
        children.add(entry(child));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(Comparator.comparing(TreeEntry::location));
    return children;
  }

  @Override
  public String identity(TreeEntry folder) throws IOException {
    return LocalPath.sourcePath(path(folder).toRealPath());
  }

  private static Path path(TreeEntry entry) {
    return LocalPath.of(entry.location()).orElseThrow();
  }

  private static TreeEntry entry(Path path) {
    String name = LocalPath.name(path);
    String location = LocalPath.sourcePath(path);
    boolean link = Files.isSymbolicLink(path);
    try {
      BasicFileAttributes attributes =
          Attempts.of(() -> Files.readAttributes(path, BasicFileAttributes.class));
      return new TreeEntry(
          name,
          location,
          kind(attributes),
          link,
          attributes.isRegularFile() ? attributes.size() : -1,
          FileSource.modified(attributes.lastModifiedTime().toMillis()),
          kind(attributes) == TreeEntry.Kind.NEITHER
              ? Optional.of(
                  new SourceProblem(
                      SourceProblem.Type.UNREADABLE,
                      "it is a pipe, socket or device, and no file; move it elsewhere"))
              : Optional.empty());
    } catch (IOException e) {
      return new TreeEntry(
          name,
          location,
          TreeEntry.Kind.NEITHER,
          link,
          -1,
          Optional.empty(),
          Optional.of(problem(path, link, e)));
    }
  }

  private static TreeEntry.Kind kind(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return TreeEntry.Kind.FILE;
    }
    return attributes.isDirectory() ? TreeEntry.Kind.FOLDER : TreeEntry.Kind.NEITHER;
  }

  private static SourceProblem problem(Path path, boolean link, IOException e) {
    if (!link) {
      boolean gone = e instanceof NoSuchFileException;
      return new SourceProblem(
          gone ? SourceProblem.Type.MISSING : SourceProblem.Type.UNREADABLE,
          gone
              ? "the file has gone while the folder was listed; run the job again"
              : "the file can't be looked at: "
                  + Reason.of(e)
                  + "; check its permissions and the disk");
    }
    String target;
    try {
      target = Files.readSymbolicLink(path).toString();
    } catch (IOException | RuntimeException unreadable) {
      target = "somewhere that can't be read";
    }
    return new SourceProblem(
        SourceProblem.Type.MISSING,
        "it is a link to '%s', where no file is (%s); mend the link or remove it"
            .formatted(target, Reason.of(e)));
  }
}
