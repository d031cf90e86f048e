package dev.darkroom.jobs.cli;

import java.util.List;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** Where the files may lie that the rows of a table name. */
final class AllowOptions {
  @Option(
      names = "--allow",
      paramLabel = "<root>",
      description =
          "Read files below this folder or URI, or of this scheme (s3a:), where the rows of a table"
              + " name them. May be given several times. Default: the table's own folder, http and "
              + "https.")
  private List<String> roots = List.of();

  List<String> roots() {
    return roots;
  }

  /** What is wrong with them. */
  List<String> problems() {
    return roots.stream()
        .filter(root -> !isPlace(root))
        .map(root -> "--allow '%s' is no path, URI or scheme with a colon".formatted(root))
        .toList();
  }

  private static boolean isPlace(String root) {
    if (root.matches("[A-Za-z][A-Za-z0-9+.-]*:(//)?")) {
      return true;
    }
    try {
      return !new Path(root).toString().isBlank();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
