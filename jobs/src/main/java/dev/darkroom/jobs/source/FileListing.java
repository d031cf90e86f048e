package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.nio.file.Paths;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * Lists files below a folder, of a glob, or just one.
 *
 * <p>Names that begin with a dot are left out, as shells do. Every other file is listed: whether it
 * is an image shows when it is decoded. A folder that links to one already visited is not entered
 * again.
 */
final class FileListing {
  private final Configuration hadoop;

  FileListing(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Lists an input.
   *
   * @return the files in the order of their paths, each once
   * @throws UserException where nothing is there or it can't be listed
   */
  List<Candidate> list(String input) {
    try {
      Path path = new Path(input);
      FileSystem fs = path.getFileSystem(hadoop);
      Path qualified = fs.makeQualified(path);
      if (fs.exists(qualified)) {
        FileStatus status = fs.getFileStatus(qualified);
        Path root = status.isFile() ? qualified.getParent() : qualified;
        return walk(fs, root, List.of(status));
      }
      Optional<Path> pattern = globStart(qualified);
      if (pattern.isEmpty()) {
        throw new UserException("input '" + input + "' does not exist; check the path");
      }
      Path root = pattern.get().getParent();
      List<FileStatus> matches = matches(fs, root, qualified);
      if (matches.isEmpty()) {
        throw new UserException("input '" + input + "' matches no file; check the pattern");
      }
      return walk(fs, root, matches);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't list input '" + input + "': " + e.getMessage(), e);
    }
  }

  /** The topmost part of the path whose name is a pattern. */
  private static Optional<Path> globStart(Path path) {
    Optional<Path> start = Optional.empty();
    for (Path part = path; part != null && !part.isRoot(); part = part.getParent()) {
      if (part.getName().matches(".*[*?\\[{].*")) {
        start = Optional.of(part);
      }
    }
    return start;
  }

  /**
   * What a pattern matches, name by name. Hadoop's own globbing fails on every folder that has a
   * name with a colon in it.
   */
  private static List<FileStatus> matches(FileSystem fs, Path root, Path pattern)
      throws IOException {
    Deque<String> names = new ArrayDeque<>();
    for (Path part = pattern; part.depth() > root.depth(); part = part.getParent()) {
      names.push(part.getName());
    }
    if (!fs.exists(root)) {
      return List.of();
    }
    List<FileStatus> found = List.of(fs.getFileStatus(root));
    for (String name : names) {
      GlobPattern glob = new GlobPattern(name);
      List<FileStatus> next = new ArrayList<>();
      for (FileStatus folder : found) {
        if (folder.isDirectory()) {
          for (FileStatus child : fs.listStatus(folder.getPath())) {
            String childName = child.getPath().getName();
            if (glob.matches(childName) && childName.startsWith(".") == name.startsWith(".")) {
              next.add(child);
            }
          }
        }
      }
      found = next;
    }
    return found;
  }

  private static List<Candidate> walk(FileSystem fs, Path root, List<FileStatus> starts)
      throws IOException {
    Deque<FileStatus> open = new ArrayDeque<>(starts);
    Set<String> visited = new HashSet<>();
    List<Candidate> files = new ArrayList<>();
    while (!open.isEmpty()) {
      FileStatus status = open.pop();
      if (status.isDirectory()) {
        if (visited.add(identity(status.getPath()))) {
          for (FileStatus child : fs.listStatus(status.getPath())) {
            if (!child.getPath().getName().startsWith(".")) {
              open.push(child);
            }
          }
        }
      } else if (visited.add(status.getPath().toString())) {
        files.add(candidate(root, status));
      }
    }
    files.sort(Comparator.comparing(Candidate::sourcePath));
    return files;
  }

  /** The folder's true place where links exist, its path elsewhere. */
  private static String identity(Path folder) throws IOException {
    if ("file".equals(folder.toUri().getScheme())) {
      return Paths.get(folder.toUri().getPath()).toRealPath().toString();
    }
    return folder.toString();
  }

  private static Candidate candidate(Path root, FileStatus status) {
    String base = root.toUri().getPath();
    String path = status.getPath().toUri().getPath();
    String prefix = base.endsWith("/") ? base : base + "/";
    String relative =
        path.startsWith(prefix) ? path.substring(prefix.length()) : status.getPath().getName();
    return Candidate.file(
        status.getPath().toString(),
        relative,
        status.getLen(),
        FileSource.modified(status.getModificationTime()));
  }
}
