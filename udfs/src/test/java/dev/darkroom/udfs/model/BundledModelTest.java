package dev.darkroom.udfs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledModelTest {
  private final BundledModel bundle = BundledModel.of(BundledModelTest.class, "bundle");

  @Test
  void filesAreInstalledOnce(@TempDir Path cache) throws IOException {
    Path folder = bundle.install(cache.resolve("new/cache"));
    assertThat(folder.resolve("onnx/graph.txt")).hasContent("a graph");
    assertThat(folder.resolve("config.txt")).hasContent("a configuration");
    Files.setLastModifiedTime(folder.resolve("config.txt"), FileTime.fromMillis(1000));
    assertThat(bundle.install(cache.resolve("new/cache"))).isEqualTo(folder);
    assertThat(Files.getLastModifiedTime(folder.resolve("config.txt")).toMillis()).isEqualTo(1000);
  }

  @Test
  void damagedFilesAreReplaced(@TempDir Path cache) throws IOException {
    Path file = bundle.install(cache).resolve("config.txt");
    Files.writeString(file, "damaged");
    assertThat(bundle.install(cache).resolve("config.txt")).hasContent("a configuration");
    Files.delete(file);
    assertThat(bundle.install(cache).resolve("config.txt")).hasContent("a configuration");
    assertThat(children(cache)).hasSize(1);
  }

  @Test
  void aCacheThatOthersMayWriteToIsRefused(@TempDir Path cache) throws IOException {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> bundle.install(cache))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("may be written by others");
    assertThat(children(cache)).isEmpty();
  }

  @Test
  void severalMayInstallAtOnce(@TempDir Path cache) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Path> work = () -> bundle.install(cache);
      Set<Path> folders = new HashSet<>();
      for (Future<Path> folder : threads.invokeAll(Collections.nCopies(32, work))) {
        folders.add(folder.get());
      }
      assertThat(folders).hasSize(1);
      assertThat(children(cache)).hasSize(1);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aWrongManifestIsRefused(@TempDir Path cache) throws IOException {
    assertThatThrownBy(
            () -> BundledModel.of(BundledModelTest.class, "bundle-changed").install(cache))
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("config.txt")
        .hasMessageContaining("its manifest says");
    assertThat(children(cache)).isEmpty();
    assertThatThrownBy(() -> BundledModel.of(BundledModelTest.class, "absent"))
        .hasMessageContaining("no bundled file absent/SHA256SUMS");
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }
}
