package dev.darkroom.udfs.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.darkroom.models.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir private Path temp;

  private Path model;
  private Path root;
  private Path journal;
  private ModelStore store;

  @BeforeEach
  void model() throws IOException {
    model = Files.createDirectories(temp.resolve("model"));
    Files.createDirectories(model.resolve("onnx"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("onnx/decoder.onnx"), "weights");
    root = temp.resolve("store");
    journal = temp.resolve("journal");
    store = new ModelStore(root, RemoteFolders.settings(journal));
  }

  @Test
  void aFolderOfThisMachineIsUsedWhereItIs() {
    assertThat(store.fetch(model.toString(), Optional.empty())).isEqualTo(model);
    assertThat(store.fetch(model.toUri().toString(), Optional.empty())).isEqualTo(model);
    assertThat(root).doesNotExist();
  }

  @Test
  void aFolderElsewhereIsCopiedOnce() throws IOException {
    Files.writeString(model.resolve(".gitattributes"), "no part of it");

    List<Path> folders =
        IntStream.range(0, 8).parallel().mapToObj(i -> fetch(Optional.empty())).toList();

    assertThat(folders).containsOnly(folders.get(0));
    assertThat(folders.get(0).resolve("config.json")).hasContent("{}");
    assertThat(folders.get(0).resolve("onnx/decoder.onnx")).hasContent("weights");
    assertThat(folders.get(0).resolve(".gitattributes")).doesNotExist();
    assertThat(Files.readAllLines(journal))
        .containsExactlyInAnyOrder("config.json", "decoder.onnx");
  }

  @Test
  @Timeout(60)
  void jvmsCopyOnceTogether() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  FetchModel.class.getName(),
                  root.toString(),
                  journal.toString(),
                  "remote:" + model)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    List<String> folders = new ArrayList<>();
    for (Process process : processes) {
      folders.add(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    assertThat(folders).containsOnly(fetch(Optional.empty()).toString());
    assertThat(Files.readAllLines(journal)).hasSize(2);
  }

  @Test
  void aModelThatChangesIsCopiedAnew() throws IOException {
    Path before = fetch(Optional.empty());
    Files.writeString(model.resolve("onnx/decoder.onnx"), "better weights");

    Path after = fetch(Optional.empty());

    assertThat(after).isNotEqualTo(before);
    assertThat(after.resolve("onnx/decoder.onnx")).hasContent("better weights");
  }

  @Test
  void aCopyThatHasChangedIsCopiedAnew() throws IOException {
    Path file = fetch(Optional.empty()).resolve("onnx/decoder.onnx");
    Files.writeString(file, "others");
    assertThat(fetch(Optional.empty()).resolve("onnx/decoder.onnx")).hasContent("weights");
    Files.delete(file);
    assertThat(fetch(Optional.empty()).resolve("onnx/decoder.onnx")).hasContent("weights");
    Files.writeString(file.resolveSibling("more.onnx"), "put there");
    assertThat(fetch(Optional.empty()).resolve("onnx/more.onnx")).doesNotExist();
    assertThat(Files.readAllLines(journal)).hasSize(8);
  }

  @Test
  void theStoreIsItsUsersAlone() throws IOException {
    fetch(Optional.empty());
    assertThat(permissions()).isEqualTo("rwx------");

    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    fetch(Optional.empty());
    assertThat(permissions()).isEqualTo("rwx------");

    for (String open : List.of("rwxrwx---", "rwx----w-", "rwxrwxrwx")) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(open));
      assertThatExceptionOfType(ModelUnavailableException.class)
          .isThrownBy(() -> fetch(Optional.empty()))
          .withMessageContaining("may be written by others (" + open + ")")
          .withMessageContaining("remove it");
    }
  }

  @Test
  void aFolderOfAnotherUsersIsRefused() throws IOException {
    fetch(Optional.empty());
    assumeTrue(isRoot(), "only root can give files away");
    Files.setAttribute(root, "unix:uid", 54_321);

    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> fetch(Optional.empty()))
        .withMessageContaining("belongs to the user 54321");
  }

  @Test
  void aLinkInPlaceOfTheStoreIsRefused() throws IOException {
    Files.createSymbolicLink(root, Files.createDirectory(temp.resolve("elsewhere")));

    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> fetch(Optional.empty()))
        .withMessageContaining("is no folder");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root));
  }

  @Test
  void whatAKilledCopyLeftIsCleanedUp() throws IOException {
    Path folder = fetch(Optional.empty());
    Path leftover = root.resolve(folder.getFileName() + ".part-of-another-life");
    Files.move(folder, leftover);

    assertThat(fetch(Optional.empty())).isDirectory();
    assertThat(leftover).doesNotExist();
  }

  @Test
  void aManifestSaysWhatToCopyAndIsHeldTo() throws IOException {
    String hash = Manifest.of(model).hash();
    Files.writeString(model.resolve(Manifest.FILE), sums());
    Files.writeString(model.resolve("readme.md"), "not listed");

    Path folder = fetch(Optional.of(hash));
    assertThat(folder.resolve("readme.md")).doesNotExist();
    assertThat(folder.resolve(Manifest.FILE)).exists();

    Files.writeString(model.resolve("onnx/decoder.onnx"), "weighty");
    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> fetch(Optional.empty()))
        .withMessageContainingAll("SHA256SUMS", "onnx/decoder.onnx has SHA-256");
    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> store.fetch(model.toString(), Optional.empty()))
        .withMessageContaining("onnx/decoder.onnx");
    Files.delete(model.resolve("config.json"));
    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> fetch(Optional.empty()))
        .withMessageContaining("config.json is missing");
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.filter(path -> path.toString().contains(".part-"))).isEmpty();
    }
  }

  @Test
  void theExpectedHashIsHeldTo() throws IOException {
    String hash = Manifest.of(model).hash();

    assertThat(fetch(Optional.of(hash))).isDirectory();
    assertThat(store.fetch(model.toString(), Optional.of(hash))).isEqualTo(model);
    for (String uri : List.of(model.toString(), "remote:" + model)) {
      assertThatExceptionOfType(ModelUnavailableException.class)
          .isThrownBy(() -> store.fetch(uri, Optional.of("0".repeat(64))))
          .withMessageContainingAll(hash, "0".repeat(64));
    }
  }

  @Test
  void whatIsNotThereIsRefused() {
    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> store.fetch(temp + "/nowhere", Optional.empty()))
        .withMessageContainingAll("nowhere", "does not exist");
    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> store.fetch(model + "/config.json", Optional.empty()))
        .withMessageContaining("is no folder");
    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> store.fetch("nosuch://bucket/model", Optional.empty()))
        .withMessageContaining("nosuch");
  }

  @Test
  void aManifestMustStayInItsFolder() throws IOException {
    Files.writeString(model.resolve(Manifest.FILE), "0".repeat(64) + "  ../../etc/passwd\n");

    assertThatExceptionOfType(ModelUnavailableException.class)
        .isThrownBy(() -> fetch(Optional.empty()))
        .withMessageContaining("outside");
  }

  private Path fetch(Optional<String> hash) {
    return store.fetch("remote:" + model, hash);
  }

  /** What {@code sha256sum config.json onnx/decoder.onnx} writes. */
  private String sums() throws IOException {
    StringBuilder text = new StringBuilder();
    Manifest.of(model)
        .hashes()
        .forEach((path, hash) -> text.append(hash).append("  ").append(path).append('\n'));
    return text.toString();
  }
}
