package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that libwebp wrote, each beside a PNG of the same samples. */
class WebpDecoderTest {
  private final ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"rgb", "rgba", "icc"})
  void returnsTheSamplesOfLosslessFiles(String name) throws Exception {
    DecodedImage decoded = decoder.decode(read(name + ".webp"));

    assertThat(decoded.raster()).isEqualTo(decoder.decode(read(name + ".png")).raster());
    assertThat(decoded.format()).isEqualTo(ImageFormat.WEBP);
    assertThat(decoded.lossySource()).isFalse();
  }

  @Test
  void keepsProfileAndExif() throws Exception {
    ImageMetadata metadata = decoder.decode(read("icc.webp")).metadata();

    assertThat(metadata.find("iCCP")).isPresent();
    assertThat(metadata.find("eXIf").orElseThrow().data()).startsWith('I', 'I', 42, 0);
  }

  @Test
  void tellsLossyFilesFromLosslessOnes() throws Exception {
    assertThat(decoder.decode(read("lossy.webp")).lossySource()).isTrue();
  }

  @Test
  void leavesAnimationsToTheirOwnBytes() {
    assertThatThrownBy(() -> decoder.decode(read("animated.webp")))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.NOT_ONE_RASTER, ImageDecodeException::type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb", "rgba", "icc", "lossy"})
  void survivesDamage(String name) throws Exception {
    byte[] file = read(name + ".webp");
    for (int i = 0; i < file.length; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= (byte) 0x55;
      decodeOrFail(damaged);
      decodeOrFail(Arrays.copyOf(file, i));
    }
  }

  private void decodeOrFail(byte[] file) {
    try {
      assertThat(decoder.decode(file).raster()).isNotNull();
    } catch (ImageDecodeException e) {
      assertThat(e.type()).isNotIn(ErrorType.INTERNAL, ErrorType.OUT_OF_MEMORY, ErrorType.TIMEOUT);
    }
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = WebpDecoderTest.class.getResourceAsStream("/webp/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
