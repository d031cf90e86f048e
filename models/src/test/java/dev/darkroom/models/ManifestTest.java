package dev.darkroom.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  /** What {@code sha256sum config.json onnx/decoder.onnx} writes. */
  private static final String SUMS = ABC + "  config.json\n" + EMPTY + "  onnx/decoder.onnx\n";

  @TempDir private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    Files.writeString(model.resolve("config.json"), "abc");
    Files.createDirectory(model.resolve("onnx"));
    Files.createFile(model.resolve("onnx/decoder.onnx"));
  }

  @Test
  void aManifestOrNoneGiveTheSameHash() throws IOException {
    String without = Manifest.of(model).hash();
    assertThat(Manifest.of(model).text()).isEqualTo(SUMS);
    Files.writeString(model.resolve(Manifest.FILE), SUMS);

    assertThat(Manifest.of(model).hash()).isEqualTo(without);
    assertThat(Manifest.parse(SUMS).hash()).isEqualTo(without);
    assertThat(Sha256.ofFile(model.resolve(Manifest.FILE))).isEqualTo(without);
  }

  @Test
  void namesThatBeginWithADotAreNoPartOfTheModel() throws IOException {
    Files.createDirectory(model.resolve(".cache"));
    Files.writeString(model.resolve(".cache/lock"), "");
    Files.writeString(model.resolve("onnx/.part"), "");
    assertThat(Manifest.of(model)).isEqualTo(Manifest.parse(SUMS));
    assertThat(Manifest.of(model, List.of(model.resolve("onnx/.part"))).text())
        .isEqualTo(EMPTY + "  onnx/.part\n");
  }

  @Test
  void linesAreTakenAsSha256sumWritesThem() {
    String text = "\n" + EMPTY + " *./onnx/decoder.onnx\r\n\n" + ABC + "  config.json";
    assertThat(Manifest.parse(text)).isEqualTo(Manifest.parse(SUMS));
    assertThat(Manifest.parse("").hashes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc  config.json",
        ABC,
        ABC + " config.json",
        "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD  config.json"
      })
  void otherLinesAreRefused(String line) {
    assertThatExceptionOfType(ManifestException.class)
        .isThrownBy(() -> Manifest.parse(SUMS + line + "\n"))
        .withMessage("'" + line + "' is no line of sha256sum")
        .satisfies(e -> assertThat(e.line()).isEqualTo(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "onnx/../../secret", ".//etc/passwd"})
  void pathsStayInTheFolder(String path) {
    String line = ABC + "  " + path;
    assertThatExceptionOfType(ManifestException.class)
        .isThrownBy(() -> Manifest.parse(line))
        .withMessageContaining("lies outside of the model's folder")
        .satisfies(e -> assertThat(e.line()).isEqualTo(line));
  }

  @Test
  void everyDifferenceIsNamed() throws IOException {
    Manifest listed = Manifest.parse(SUMS);
    assertThat(listed.differences(model)).isEmpty();
    Files.writeString(model.resolve("config.json"), "");
    Files.delete(model.resolve("onnx/decoder.onnx"));
    assertThat(listed.differences(model))
        .containsExactly(
            "config.json has SHA-256 " + EMPTY + ", not " + ABC, "onnx/decoder.onnx is missing");
  }
}
