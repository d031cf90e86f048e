package dev.darkroom.udfs.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * A folder whose files nobody but this user can put there: models are read by native code, and the
 * folder for temporary files, where they are kept, is open to all.
 */
final class PrivateFolder {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private PrivateFolder() {}

  /**
   * Makes the folder, or makes sure that it is private. Where file systems know no permissions,
   * there is nothing to make sure of.
   *
   * @throws IOException where it can't be made
   * @throws ModelUnavailableException where it is another user's, others may write there, or it is
   *     no folder
   */
  static void require(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    boolean posix =
        Files.getFileStore(parent == null ? folder : parent)
            .supportsFileAttributeView(PosixFileAttributeView.class);
    if (!posix) {
      Files.createDirectories(folder);
      return;
    }
    FileAttribute<Set<PosixFilePermission>> owners = PosixFilePermissions.asFileAttribute(OWNERS);
    try {
      Files.createDirectory(folder, owners);
    } catch (FileAlreadyExistsException e) {
      check(folder);
    }
  }

  private static void check(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(folder, "is no folder");
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    EnumSet<PosixFilePermission> others = EnumSet.copyOf(WRITABLE_BY_OTHERS);
    others.retainAll(permissions);
    UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(self())) {
      throw refused(folder, "belongs to the user " + owner.getName());
    }
    if (!others.isEmpty()) {
      throw refused(
          folder,
          "may be written by others (%s)".formatted(PosixFilePermissions.toString(permissions)));
    }
    if (!permissions.equals(OWNERS)) {
      Files.setPosixFilePermissions(folder, OWNERS);
    }
  }

  /** Who this process is to the file system: the owner of a file that it makes. */
  private static UserPrincipal self() throws IOException {
    Path own = Files.createTempFile("darkroom-owner", "");
    try {
      return Files.getOwner(own);
    } finally {
      Files.delete(own);
    }
  }

  private static ModelUnavailableException refused(Path folder, String reason) {
    return new ModelUnavailableException(
        "the folder of models '%s' %s, so that files in it may be anyone's; remove it, or set another folder for temporary files with -Djava.io.tmpdir"
            .formatted(folder, reason));
  }
}
