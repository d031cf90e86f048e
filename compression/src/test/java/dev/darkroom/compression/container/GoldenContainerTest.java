package dev.darkroom.compression.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.InstalledCoders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers that were written once and must decode for ever. */
@Tag("determinism")
class GoldenContainerTest {
  @Test
  void decodesPlainStreamsOfVersion1() throws IOException, CodecException {
    ContainerReader reader =
        ContainerReader.open(read("v1-plain.drk"), InstalledCoders.all(), ContainerLimits.DEFAULT);

    assertThat(reader.imageCount()).isEqualTo(9);
    int index = 0;
    for (int depth : new int[] {8, 16}) {
      for (int channels = 1; channels <= 4; channels++) {
        assertThat(reader.info(index).codec()).isEqualTo(CodecId.PLAIN);
        assertThat(reader.decode(index)).isEqualTo(DrawnImages.smooth(37, 23, channels, depth));
        index++;
      }
    }
    assertThat(reader.decode(index)).isEqualTo(DrawnImages.noise(4, 3, 3, 8, 11));
    assertThat(reader.metadata(index)).hasValue(new byte[] {1, 2, 3, 4, 5});
  }

  @Test
  void decodesFastStreamsOfVersion1() throws IOException, CodecException {
    ContainerReader reader =
        ContainerReader.open(read("v1-fast.drk"), InstalledCoders.all(), ContainerLimits.DEFAULT);

    assertThat(reader.imageCount()).isEqualTo(6);
    for (int channels = 1; channels <= 4; channels++) {
      assertThat(reader.info(channels - 1).codec()).isEqualTo(CodecId.FAST);
      assertThat(reader.decode(channels - 1)).isEqualTo(DrawnImages.smooth(67, 43, channels, 8));
    }
    assertThat(reader.decode(4)).isEqualTo(DrawnImages.noise(9, 5, 3, 8, 11));
    assertThat(reader.decode(5)).isEqualTo(DrawnImages.constant(40, 20, 3, 8, 200));
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = GoldenContainerTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
