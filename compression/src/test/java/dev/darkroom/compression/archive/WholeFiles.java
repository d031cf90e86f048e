package dev.darkroom.compression.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;

/** Files that come back byte for byte, whatever they are. */
final class WholeFiles {
  private WholeFiles() {}

  /**
   * Fails where a file does not come back from its row as it was.
   *
   * @param fidelity that was asked for; where pixels were, the row has the file as it is
   * @param failure the type that the row is expected to have
   */
  static void assertKept(
      ArchivedFile row,
      Fidelity fidelity,
      byte[] file,
      Optional<String> failure,
      FileRestorer restorer)
      throws Exception {
    assertThat(row.failure().map(ArchiveFailure::type)).isEqualTo(failure);
    assertThat(row.leftBehind()).isEmpty();
    if (fidelity == Fidelity.PIXELS) {
      assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    }
    RestoredFile restored = restorer.restore(RestoreRequest.of(row));
    assertThat(restored.original()).isTrue();
    assertThat(restored.bytes()).isEqualTo(file);
  }

  /** One behind the other. */
  static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
