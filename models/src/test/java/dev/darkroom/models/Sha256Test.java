package dev.darkroom.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** FIPS 180-4's examples: one block, two blocks, and a million letters. */
  @Test
  void hashesAreThoseOfTheStandard(@TempDir Path folder) throws IOException {
    assertThat(Sha256.of("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))
        .isEqualTo("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    Path million = Files.writeString(folder.resolve("million"), "a".repeat(1_000_000));
    assertThat(Sha256.ofFile(million))
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }

  @Test
  void textsAreHashedInUtf8() {
    String text = "größer";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes).hasSize(8);
    assertThat(Sha256.of(text)).isEqualTo(Sha256.of(bytes));
    assertThat(HexFormat.of().formatHex(Sha256.digest(bytes))).isEqualTo(Sha256.of(text));
  }
}
