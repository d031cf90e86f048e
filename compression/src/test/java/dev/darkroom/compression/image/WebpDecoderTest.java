package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
  void keepsXmp() throws Exception {
    byte[] packet = "<x:xmpmeta/>".getBytes(StandardCharsets.US_ASCII);

    DecodedImage decoded = decoder.decode(withChunk(read("rgb.webp"), "XMP ", packet));

    byte[] text = decoded.metadata().find("iTXt").orElseThrow().data();
    assertThat(new String(text, StandardCharsets.US_ASCII))
        .isEqualTo("XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>");
  }

  @Test
  void leavesWhatTheImageDoesNotAccountForToItsOwnBytes() throws Exception {
    byte[] file = read("rgb.webp");
    assertLeft(withChunk(file, "WHAT", new byte[4]), "a chunk 'WHAT'");
    assertLeft(Arrays.copyOf(file, file.length + 33), "33 bytes behind the image");
  }

  @Test
  void doesNotBelieveAHeaderThatDeniesTransparency() throws Exception {
    byte[] file = read("rgba.webp");
    int image = new String(file, StandardCharsets.ISO_8859_1).indexOf("VP8L") + 8;
    file[image + 4] &= ~0x10;
    assertLeft(file, "transparent pixels, which its header denies");
  }

  @Test
  void checksTheSizeBeforeItTakesMemory() throws Exception {
    byte[] file = read("lossy.webp");
    int image = new String(file, StandardCharsets.ISO_8859_1).indexOf("VP8 ") + 8;
    file[image + 6] = (byte) 0xFF;
    file[image + 7] = 0x3F;
    file[image + 8] = (byte) 0xFF;
    file[image + 9] = 0x3F;
    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessageContaining("16383 x 16383 = 268402689 pixels, over the limit")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.TOO_LARGE, ImageDecodeException::type);
  }

  @Test
  void saysThatTransparencyIsDamaged() throws Exception {
    byte[] lossy = read("lossy.webp");
    int image = new String(lossy, StandardCharsets.ISO_8859_1).indexOf("VP8 ");
    byte[] frame = Arrays.copyOfRange(lossy, image, lossy.length);
    ByteBuffer sides = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    byte[] extended = new byte[10];
    extended[0] = 0x10;
    extended[4] = (byte) (sides.getShort(14) - 1);
    extended[7] = (byte) (sides.getShort(16) - 1);
    byte[] head = Arrays.copyOf(lossy, 12);
    byte[] before = withChunk(withChunk(head, "VP8X", extended), "ALPH", new byte[] {1, 9, 9, 9});
    byte[] file =
        ByteBuffer.allocate(before.length + frame.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(before)
            .put(frame)
            .putInt(4, before.length + frame.length - 8)
            .array();
    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessageContaining("the WebP is damaged")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.CORRUPT, ImageDecodeException::type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb", "lossy"})
  void saysThatAFileIsCutShort(String name) throws Exception {
    byte[] file = read(name + ".webp");
    byte[] cut = Arrays.copyOf(file, file.length / 2);
    assertThatThrownBy(() -> decoder.decode(cut))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.TRUNCATED, ImageDecodeException::type);
  }

  @Test
  void knowsLossyFilesByTheirHeader() throws Exception {
    DecodedImage decoded = decoder.decode(read("lossy.webp"));

    assertThat(HeaderFacts.ofLossy(read("lossy.webp")))
        .hasValue(
            new HeaderFacts(
                decoded.raster().width(),
                decoded.raster().height(),
                decoded.raster().channels(),
                8));
    assertThat(HeaderFacts.ofLossy(read("rgb.webp"))).isEmpty();
    assertThat(HeaderFacts.ofLossy(read("animated.webp"))).isEmpty();
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

  private void assertLeft(byte[] file, String reason) {
    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessage("the WebP has " + reason + "; keep its original bytes")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.NOT_ONE_RASTER, ImageDecodeException::type);
  }

  /** A file with another chunk of even length at its end. */
  private static byte[] withChunk(byte[] file, String type, byte[] content) {
    return ByteBuffer.allocate(file.length + 8 + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(file)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .putInt(content.length)
        .put(content)
        .putInt(4, file.length + content.length)
        .array();
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
