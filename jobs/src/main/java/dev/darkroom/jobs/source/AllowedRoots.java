package dev.darkroom.jobs.source;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Where files may lie that the rows of a table name. A table may come from anybody; without this,
 * it could have any file that the job can read put into an archive.
 *
 * <p>Local files are judged by where they are once all links are followed.
 *
 * @param roots paths or URIs of folders, or schemes with a colon
 * @param defaultFs the file system of paths without a scheme, as a URI
 */
record AllowedRoots(List<String> roots, String defaultFs) implements Serializable {
  private static final List<String> WEB = List.of("http:", "https:");

  /**
   * Roots on the file systems that the configuration knows.
   *
   * @param folder the table's own folder, with a slash at its end; empty where it has none
   */
  static AllowedRoots of(List<String> named, String folder, Configuration hadoop) {
    List<String> roots = new ArrayList<>(named);
    roots.addAll(WEB);
    // A table at the top of a disk does not stand for all of it.
    if (!folder.isEmpty() && !folder.matches("(?i)(file:)?/+")) {
      roots.add(folder);
    }
    return new AllowedRoots(List.copyOf(roots), FileSystem.getDefaultUri(hadoop).toString());
  }

  /** Why a file is not to be read, if so. */
  Optional<SourceProblem> problem(String location) {
    return allows(location)
        ? Optional.empty()
        : Optional.of(
            new SourceProblem(
                SourceProblem.Type.NOT_ALLOWED,
                "the row names '%s', which lies neither in the table's folder nor on the web; if it is to be read, name its folder or scheme with --allow"
                    .formatted(location)));
  }

  private boolean allows(String location) {
    Place place;
    try {
      place = Place.of(location, defaultFs);
    } catch (IllegalArgumentException e) {
      // No path at all: whoever tries to read it says so.
      return true;
    }
    return roots.stream().anyMatch(root -> isBelow(place, root));
  }

  private boolean isBelow(Place place, String root) {
    if (root.matches("[A-Za-z][A-Za-z0-9+.-]*:(//)?")) {
      return place.scheme().equals(root.replaceFirst(":.*", "").toLowerCase(Locale.ROOT));
    }
    try {
      Place folder = Place.of(root, defaultFs);
      return place.scheme().equals(folder.scheme())
          && place.host().equals(folder.host())
          && place.real().startsWith(folder.real());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String absolute(String path) {
    return path.startsWith("/") ? path : System.getProperty("user.dir") + "/" + path;
  }

  /** A place on a file system; its path is absolute. */
  private record Place(String scheme, String host, String path) {
    static Place of(String location, String defaultFs) {
      String lower = location.toLowerCase(Locale.ROOT);
      for (String web : WEB) {
        if (lower.startsWith(web + "//")) {
          return new Place(web.substring(0, web.length() - 1), "", "/");
        }
      }
      URI uri = new org.apache.hadoop.fs.Path(location).toUri();
      URI fallback = URI.create(defaultFs);
      boolean bare = uri.getScheme() == null;
      String scheme = (bare ? fallback : uri).getScheme().toLowerCase(Locale.ROOT);
      String authority =
          bare && uri.getAuthority() == null ? fallback.getAuthority() : uri.getAuthority();
      String host = scheme.equals("file") || authority == null ? "" : authority;
      return new Place(scheme, host, absolute(uri.getPath()));
    }

    /** The path without {@code ..}; of a local file, the one that no link leads away from. */
    Path real() {
      Path plain = LocalPath.absolute(path);
      return scheme.equals("file") ? followed(plain) : plain.normalize();
    }

    /** What is not there is judged by the nearest folder that is. */
    private static Path followed(Path plain) {
      try {
        return plain.toRealPath();
      } catch (IOException e) {
        Path folder = plain.getParent();
        return folder == null ? plain : followed(folder).resolve(plain.getFileName()).normalize();
      }
    }
  }
}
