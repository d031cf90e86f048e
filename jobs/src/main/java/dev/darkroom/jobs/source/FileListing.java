package dev.darkroom.jobs.source;

import dev.darkroom.jobs.UserException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * Lists files below a folder, of a glob, or just one.
 *
 * <p>Every file is listed: whether it is an image shows when it is decoded. What is neither file
 * nor folder, and a folder that can't be listed, is listed with its problem. Names that begin with
 * a dot may be left out, as shells do. Folders are entered once: by their own path where the
 * listing comes to it, and else by the first link to them.
 */
final class FileListing {
  private final Configuration hadoop;
  private final boolean hidden;

  /**
   * A listing.
   *
   * @param hidden whether names that begin with a dot are listed too
   */
  FileListing(Configuration hadoop, boolean hidden) {
    this.hadoop = hadoop;
    this.hidden = hidden;
  }

  /** What is in the tree, and what it is called below the root of the input. */
  private record Found(TreeEntry entry, String relativePath) {
    Found child(TreeEntry child) {
      return new Found(
          child, relativePath.isEmpty() ? child.name() : relativePath + "/" + child.name());
    }
  }

  /**
   * Lists an input.
   *
   * @return the files in the order of their paths, each once
   * @throws UserException where nothing is there or it can't be listed
   */
  List<Candidate> list(String input) {
    List<Candidate> files = new ArrayList<>();
    visit(input, files::add);
    files.sort(Comparator.comparing(Candidate::sourcePath));
    return files;
  }

  /**
   * Shows the files of an input, in no particular order, for as long as the visitor wants more.
   *
   * @param visitor true where it wants more
   * @throws UserException where nothing is there or it can't be listed
   */
  void visit(String input, Predicate<Candidate> visitor) {
    try {
      Path path = new Path(input);
      InputFiles files = new InputFiles(hadoop);
      FileSystem fs = path.getFileSystem(hadoop);
      FileTree tree = files.isLocal(path) ? new LocalTree() : new HadoopTree(fs);
      new Walk(tree, visitor).from(starts(tree, input, fs.makeQualified(path)));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("can't list input '" + input + "': " + Reason.of(e), e);
    }
  }

  private static List<Found> starts(FileTree tree, String input, Path path) throws IOException {
    Optional<TreeEntry> found = tree.find(path);
    if (found.isPresent()) {
      TreeEntry entry = found.get();
      if (entry.isFolder()) {
        // A root that can't be listed is no row but an error.
        tree.children(entry);
      }
      return List.of(new Found(entry, entry.isFolder() ? "" : entry.name()));
    }
    Optional<Path> pattern = globStart(path);
    if (pattern.isEmpty()) {
      throw new UserException("input '" + input + "' does not exist; check the path");
    }
    List<Found> matches = matches(tree, pattern.get().getParent(), path);
    if (matches.isEmpty()) {
      throw new UserException("input '" + input + "' matches no file; check the pattern");
    }
    return matches;
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
  private static List<Found> matches(FileTree tree, Path root, Path pattern) throws IOException {
    Deque<String> names = new ArrayDeque<>();
    for (Path part = pattern; part.depth() > root.depth(); part = part.getParent()) {
      names.push(part.getName());
    }
    List<Found> found =
        new ArrayList<>(tree.find(root).stream().map(entry -> new Found(entry, "")).toList());
    for (String name : names) {
      GlobPattern glob = new GlobPattern(name);
      List<Found> next = new ArrayList<>();
      for (Found folder : found) {
        if (folder.entry().isFolder()) {
          for (TreeEntry child : tree.children(folder.entry())) {
            if (glob.matches(child.name()) && child.isHidden() == name.startsWith(".")) {
              next.add(folder.child(child));
            }
          }
        }
      }
      found = next;
    }
    return found;
  }

  /** Goes through a tree, links to folders last. */
  private final class Walk {
    private final FileTree tree;
    private final Predicate<Candidate> visitor;
    private final Deque<Found> open = new ArrayDeque<>();
    private final Deque<Found> links = new ArrayDeque<>();
    private final Set<String> visited = new HashSet<>();
    private boolean wanted = true;

    Walk(FileTree tree, Predicate<Candidate> visitor) {
      this.tree = tree;
      this.visitor = visitor;
    }

    void from(List<Found> starts) {
      open.addAll(starts);
      while (wanted && !(open.isEmpty() && links.isEmpty())) {
        look(open.isEmpty() ? links.remove() : open.remove());
      }
    }

    private void look(Found found) {
      TreeEntry entry = found.entry();
      if (!entry.isFolder()) {
        show(entry.candidate(found.relativePath()));
        return;
      }
      try {
        if (visited.add("folder " + tree.identity(entry))) {
          for (TreeEntry child : tree.children(entry)) {
            if (hidden || !child.isHidden()) {
              (child.isFolder() && child.link() ? links : open).add(found.child(child));
            }
          }
        }
      } catch (IOException e) {
        show(entry.unlisted(found.relativePath(), e));
      }
    }

    private void show(Candidate candidate) {
      if (wanted && visited.add(candidate.sourcePath())) {
        wanted = visitor.test(candidate);
      }
    }
  }
}
