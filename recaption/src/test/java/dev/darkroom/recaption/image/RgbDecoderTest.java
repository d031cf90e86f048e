package dev.darkroom.recaption.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of many kinds against what Pillow reads from them. */
class RgbDecoderTest {
  private final RgbDecoder decoder = new RgbDecoder(ImageLimits.DEFAULT);

  static Stream<String> files() {
    return ImageGoldens.names();
  }

  @ParameterizedTest
  @MethodSource("files")
  void samplesArePillows(String name) throws ImageException {
    RgbImage image = decoder.decode(ImageGoldens.file(name));
    JsonNode golden = ImageGoldens.of(name);
    assertThat(image.width()).isEqualTo(golden.get("width").intValue());
    assertThat(image.height()).isEqualTo(golden.get("height").intValue());
    assertThat(ImageGoldens.sha256(image.samples())).isEqualTo(golden.get("rgb").textValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "420.jpg", "lossless.webp", "palette.gif", "lzw.tif"})
  void cutFilesAreUnreadable(String name) {
    byte[] file = ImageGoldens.file(name);
    ImageException failure =
        catchThrowableOfType(
            ImageException.class, () -> decoder.decode(Arrays.copyOf(file, file.length / 2)));
    assertThat(failure).isNotNull();
    assertThat(failure.isTooLarge()).isFalse();
  }

  /** Files of libwebp beside what Pillow reads from them: its alpha dropped, not blended. */
  @ParameterizedTest
  @ValueSource(
      strings = {"lossy", "lossy-alpha", "few-colours-alpha", "animated", "animated-inset"})
  void webpIsAsPillowReadsIt(String name) throws ImageException {
    RgbImage image = decoder.decode(ImageGoldens.file("webp/" + name + ".webp"));
    RgbImage expected = decoder.decode(ImageGoldens.file("webp/" + name + ".png"));
    assertThat(image.width()).isEqualTo(expected.width());
    assertThat(image.height()).isEqualTo(expected.height());
    assertThat(image.samples()).isEqualTo(expected.samples());
  }

  @Test
  void whatIsNoImageSaysSo() {
    assertThatThrownBy(() -> decoder.decode(new byte[0])).hasMessage("the file is empty");
    assertThatThrownBy(
            () -> decoder.decode("<html>not found</html>".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("is no JPEG, PNG");
  }

  @Test
  void limitsHold() {
    byte[] file = ImageGoldens.file("rgb.png");
    for (ImageLimits limits :
        new ImageLimits[] {new ImageLimits(100, 1 << 20), new ImageLimits(1 << 20, 100)}) {
      ImageException failure =
          catchThrowableOfType(ImageException.class, () -> new RgbDecoder(limits).decode(file));
      assertThat(failure.isTooLarge()).isTrue();
      assertThat(failure).hasMessageContaining("100");
    }
  }
}
