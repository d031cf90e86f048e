package dev.darkroom.jobs.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.UUID;

/** A folder of this machine. Links below it that lead out of it are not followed. */
final class LocalTargetFolder implements TargetFolder {
  private final Path root;

  LocalTargetFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    this.root = folder.toRealPath();
  }

  @Override
  public Outcome put(String name, FileContent content, boolean overwrite) throws IOException {
    String[] names = name.split("/", -1);
    Path folder = root;
    for (String part : Arrays.asList(names).subList(0, names.length - 1)) {
      folder = enter(folder, part);
    }
    Path target = folder.resolve(names[names.length - 1]);
    if (!target.normalize().equals(target) || !target.startsWith(root)) {
      throw new IOException("'" + name + "' leads out of the output folder; it is not written");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (same(target, content)) {
        return Outcome.SAME;
      }
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("'" + target + "' is a folder; move it or restore elsewhere");
      }
      if (!overwrite) {
        throw new IOException(
            "'" + target + "' is there with other content; --overwrite replaces it");
      }
    }
    writeAside(folder, target, content);
    return Outcome.WRITTEN;
  }

  private Path enter(Path folder, String name) throws IOException {
    Path child = folder.resolve(name);
    if (!Files.isDirectory(child)) {
      try {
        Files.createDirectory(child);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(child)) {
          throw new IOException("'" + child + "' is no folder; move it or restore elsewhere", e);
        }
      }
    }
    Path real = child.toRealPath();
    if (!real.startsWith(root)) {
      throw new IOException(
          "'" + child + "' links out of the output folder; remove the link or restore elsewhere");
    }
    return real;
  }

  private static boolean same(Path target, FileContent content) throws IOException {
    if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        || Files.size(target) != content.size()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(target)) {
      return content.isSame(in);
    }
  }

  private static void writeAside(Path folder, Path target, FileContent content) throws IOException {
    Path aside = folder.resolve(".darkroom-" + UUID.randomUUID() + ".part");
    try {
      try (InputStream in = content.open()) {
        Files.copy(in, aside);
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
