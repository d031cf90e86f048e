package dev.darkroom.jobs.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Folders and files, as a file system has them. */
interface FileTree {
  /** What is at a place; no value where nothing is. */
  Optional<TreeEntry> find(Path path) throws IOException;

  /** What is in a folder, in the order of the names. */
  List<TreeEntry> children(TreeEntry folder) throws IOException;

  /** A text that is the same for a folder and for all links to it. */
  String identity(TreeEntry folder) throws IOException;
}
