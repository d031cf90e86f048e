package dev.darkroom.udfs.model;

import dev.darkroom.models.Manifest;
import dev.darkroom.models.ManifestException;
import dev.darkroom.models.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model that travels in a jar, with a manifest {@code SHA256SUMS} of lines {@code <SHA-256 in
 * hexadecimal> <path>}. ONNX Runtime reads files, so it is installed into a folder first.
 */
public final class BundledModel {
  /** What options say for the model of their kind that comes with the program. */
  public static final String INSTALLED = "darkroom:installed";

  private static final int HASH_IN_NAME = 16;

  private final Class<?> owner;
  private final String location;
  private final Map<String, String> hashes;
  private final String manifestHash;

  private BundledModel(Class<?> owner, String location) {
    this.owner = owner;
    this.location = location;
    byte[] manifest = read(Manifest.FILE);
    this.hashes = parse(manifest);
    this.manifestHash = Sha256.of(manifest);
  }

  /**
   * A model of this program.
   *
   * @param owner a class of the jar and package that the model is in
   * @param location its folder there
   * @throws ModelUnavailableException where there is none
   */
  public static BundledModel of(Class<?> owner, String location) {
    return new BundledModel(owner, location);
  }

  /** What people call the model. */
  public String id() {
    return "darkroom/" + location;
  }

  /**
   * Puts the model's files into a folder of its own below a cache folder, unless they are there and
   * sound already. Several threads and programs may do so at once: files are written and checked
   * aside, and moved in one step.
   *
   * @param cache a folder of this user's alone, made where it is missing
   * @return the model's folder, for whoever opens it
   * @throws IOException where files can't be written
   * @throws ModelUnavailableException where the jar's files don't match their manifest, or others
   *     may write into the cache
   */
  public Path install(Path cache) throws IOException {
    PrivateFolder.require(cache);
    Path folder = cache.resolve(location + "-" + manifestHash.substring(0, HASH_IN_NAME));
    if (isSound(folder)) {
      return folder;
    }
    Path aside = Files.createTempDirectory(cache, location + "-installing-");
    try {
      unpack(aside);
      replace(aside, folder);
    } finally {
      delete(aside);
    }
    return folder;
  }

  private boolean isSound(Path folder) throws IOException {
    for (Map.Entry<String, String> entry : hashes.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      if (!Files.isRegularFile(file) || !Sha256.ofFile(file).equals(entry.getValue())) {
        return false;
      }
    }
    return true;
  }

  private void unpack(Path aside) throws IOException {
    for (Map.Entry<String, String> entry : hashes.entrySet()) {
      byte[] bytes = read(entry.getKey());
      String hash = Sha256.of(bytes);
      if (!hash.equals(entry.getValue())) {
        throw new ModelUnavailableException(
            "the bundled file %s has the SHA-256 %s, and its manifest says %s; get the program again"
                .formatted(entry.getKey(), hash, entry.getValue()));
      }
      Path file = aside.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    }
  }

  private void replace(Path aside, Path folder) throws IOException {
    if (Files.exists(folder)) {
      if (isSound(folder)) {
        return;
      }
      delete(folder);
    }
    try {
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      if (!isSound(folder)) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private byte[] read(String name) {
    String path = location + "/" + name;
    try (InputStream in = owner.getResourceAsStream(path)) {
      if (in == null) {
        throw new ModelUnavailableException(
            "this program has no bundled file %s; build it with its resources".formatted(path));
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ModelUnavailableException(
          "the bundled file %s can't be read: %s".formatted(path, e), e);
    }
  }

  private static Map<String, String> parse(byte[] manifest) {
    try {
      return Manifest.parse(new String(manifest, StandardCharsets.UTF_8)).hashes();
    } catch (ManifestException e) {
      throw new ModelUnavailableException(
          "the manifest has a line that is no hash and path: " + e.line(), e);
    }
  }
}
