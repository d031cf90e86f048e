package dev.darkroom.udfs.model;

import dev.darkroom.models.Manifest;
import dev.darkroom.models.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Brings models to this machine.
 *
 * <p>A model is a folder on any Hadoop file system. One on this machine is used where it is; any
 * other is copied below the store's root, once for all tasks and JVMs of the machine: whoever comes
 * first copies, under a lock file, into a folder aside that is checked and then moved into place,
 * so that a copy is either whole or not there. A model whose files change at the source (in length
 * or time) is another model and copied anew.
 *
 * <p>Where the folder has a {@code SHA256SUMS}, every file that it names is checked against it, and
 * no other file is copied. A copy is checked each time it is asked for, against that or against the
 * hashes of what was copied; one that has changed is copied anew. The root is this user's alone.
 */
public final class ModelStore {
  /** Hexadecimal digits of a hash in the name of a folder. */
  private static final int HASH_IN_NAME = 24;

  /** Where a copy keeps the hashes of what was copied; no part of the model. */
  private static final String COPIED = "." + Manifest.FILE;

  /** {@link FileLock} holds between JVMs; within one, these do. */
  private static final ConcurrentMap<Path, Object> LOCKS = new ConcurrentHashMap<>();

  private final Path root;
  private final Configuration hadoop;

  /**
   * A store of models.
   *
   * @param root a folder of this machine, made where needed
   * @param hadoop which file systems there are
   */
  public ModelStore(Path root, Configuration hadoop) {
    this.root = root.toAbsolutePath().normalize();
    this.hadoop = hadoop;
  }

  /** Where copies are kept. */
  public Path root() {
    return root;
  }

  /** The store of this machine's user, below the folder for temporary files. */
  public static ModelStore ofUser(Configuration hadoop) {
    return new ModelStore(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "darkroom-models-" + System.getProperty("user.name")),
        hadoop);
  }

  /**
   * Unpacks a model of this program, unless that is done.
   *
   * @return its folder
   * @throws ModelUnavailableException where there is no room for it
   */
  public Path install(BundledModel bundled) {
    try {
      return bundled.install(root);
    } catch (IOException e) {
      throw new ModelUnavailableException(
          "the model that comes along can't be unpacked into '%s': %s; make room there"
              .formatted(root, e.getMessage()),
          e);
    }
  }

  /**
   * A local folder with the model's files.
   *
   * @param uri a folder, on any Hadoop file system
   * @param expectedHash the hash that {@link Manifest#hash()} must give, if it is known
   * @throws ModelUnavailableException where there is no such folder, it can't be copied, or it is
   *     not what the manifest or the hash say
   */
  public Path fetch(String uri, Optional<String> expectedHash) {
    try {
      org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(uri);
      FileSystem fs = source.getFileSystem(hadoop);
      source = fs.makeQualified(source);
      if (!fs.getFileStatus(source).isDirectory()) {
        throw new ModelUnavailableException(
            "model '%s' is no folder; name the folder that holds its config.json".formatted(uri));
      }
      if ("file".equals(source.toUri().getScheme())) {
        Path folder = Path.of(source.toUri().getPath());
        check(uri, folder, expectedHash);
        return folder;
      }
      return fetch(uri, fs, source, expectedHash);
    } catch (FileNotFoundException e) {
      throw new ModelUnavailableException(
          "model '%s' does not exist; check the path, and that every executor can see it"
              .formatted(uri),
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelUnavailableException(
          "model '%s' can't be read: %s; check the path and its permissions"
              .formatted(uri, e.getMessage()),
          e);
    }
  }

  private Path fetch(
      String uri, FileSystem fs, org.apache.hadoop.fs.Path source, Optional<String> expectedHash)
      throws IOException {
    List<FileStatus> files = list(fs, source);
    Path target = root.resolve(name(source, files));
    Path lockFile = root.resolve(target.getFileName() + ".lock");
    PrivateFolder.require(root);
    synchronized (LOCKS.computeIfAbsent(target, path -> new Object())) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!isSound(target)) {
          delete(target);
          deleteLeftovers(target);
          Path aside = root.resolve(target.getFileName() + ".part-" + UUID.randomUUID());
          try {
            copy(fs, source, files, aside);
            check(uri, aside, expectedHash);
            Files.writeString(aside.resolve(COPIED), Manifest.of(aside).text());
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
          } finally {
            delete(aside);
          }
        } else if (expectedHash.isPresent()) {
          check(uri, target, expectedHash);
        }
      }
    }
    return target;
  }

  /** Whether a copy is there and is still what was copied. */
  private static boolean isSound(Path target) throws IOException {
    Path copied = target.resolve(COPIED);
    return Files.exists(copied)
        && Manifest.parse(Files.readString(copied)).equals(Manifest.of(target));
  }

  private static List<FileStatus> list(FileSystem fs, org.apache.hadoop.fs.Path source)
      throws IOException {
    List<FileStatus> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = fs.listFiles(source, true);
    while (all.hasNext()) {
      FileStatus file = all.next();
      String path = relative(source, file);
      if (path.equals(Manifest.FILE) || !Manifest.isLeftOut(path)) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparing(FileStatus::getPath));
    return files;
  }

  private static String relative(org.apache.hadoop.fs.Path source, FileStatus file) {
    return source.toUri().relativize(file.getPath().toUri()).getPath().isEmpty()
        ? file.getPath().getName()
        : file.getPath().toUri().getPath().substring(source.toUri().getPath().length() + 1);
  }

  /** Tells models apart, and versions of the same model. */
  private static String name(org.apache.hadoop.fs.Path source, List<FileStatus> files) {
    StringBuilder text = new StringBuilder(source.toString());
    for (FileStatus file : files) {
      text.append('\n').append(relative(source, file));
      text.append(' ').append(file.getLen()).append(' ').append(file.getModificationTime());
    }
    String hash = Sha256.of(text.toString());
    return source.getName() + "-" + hash.substring(0, HASH_IN_NAME);
  }

  private static void copy(
      FileSystem fs, org.apache.hadoop.fs.Path source, List<FileStatus> files, Path aside)
      throws IOException {
    Optional<FileStatus> manifest =
        files.stream().filter(file -> relative(source, file).equals(Manifest.FILE)).findAny();
    Files.createDirectories(aside);
    Optional<Manifest> listed = Optional.empty();
    if (manifest.isPresent()) {
      copy(fs, manifest.get(), aside.resolve(Manifest.FILE));
      listed = Optional.of(Manifest.parse(Files.readString(aside.resolve(Manifest.FILE))));
    }
    for (FileStatus file : files) {
      String path = relative(source, file);
      if (listed.map(all -> all.hashes().containsKey(path)).orElse(true)) {
        copy(fs, file, aside.resolve(path));
      }
    }
  }

  private static void copy(FileSystem fs, FileStatus file, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    try (InputStream in = fs.open(file.getPath())) {
      Files.copy(in, target);
    }
  }

  private static void check(String uri, Path folder, Optional<String> expectedHash)
      throws IOException {
    Path manifestFile = folder.resolve(Manifest.FILE);
    Optional<Manifest> manifest = Optional.empty();
    if (Files.exists(manifestFile)) {
      manifest = Optional.of(Manifest.parse(Files.readString(manifestFile)));
      List<String> differences = manifest.get().differences(folder);
      if (!differences.isEmpty()) {
        throw new ModelUnavailableException(
            "model '%s' is not what its %s says: %s; copy it anew from where it came"
                .formatted(uri, Manifest.FILE, String.join(", ", differences)));
      }
    }
    if (expectedHash.isPresent()) {
      String actual = manifest.isPresent() ? manifest.get().hash() : hash(folder);
      if (!actual.equals(expectedHash.get())) {
        throw new ModelUnavailableException(
            "model '%s' has hash %s, and %s was asked for; name the right model or its hash"
                .formatted(uri, actual, expectedHash.get()));
      }
    }
  }

  private static String hash(Path folder) throws IOException {
    return Manifest.of(folder).hash();
  }

  /** What a JVM that was killed while copying left behind; nobody else copies under the lock. */
  private void deleteLeftovers(Path target) throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      for (Path path :
          all.filter(p -> p.getFileName().toString().startsWith(target.getFileName() + ".part-"))
              .toList()) {
        delete(path);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
