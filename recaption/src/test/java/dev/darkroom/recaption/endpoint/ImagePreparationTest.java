package dev.darkroom.recaption.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.image.ImageLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePreparationTest {
  private static final ImagePreparation IMAGES =
      new ImagePreparation(ImageLimits.DEFAULT, EndpointOptions.DEFAULT.accepted());

  @ParameterizedTest
  @CsvSource({"jpg,image/jpeg", "png,image/png", "gif,image/gif"})
  void sendsWhatServersReadAsItIs(String format, String mediaType) throws Exception {
    byte[] file = Requests.file(format);
    ImagePayload payload = IMAGES.prepare(file);
    assertThat(payload.bytes()).isSameAs(file);
    assertThat(payload.dataUrl()).startsWith("data:" + mediaType + ";base64,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "tiff"})
  void sendsTheOthersAsPngWithTheSamePixels(String format) throws Exception {
    ImagePayload payload = IMAGES.prepare(Requests.file(format));
    assertThat(payload.dataUrl()).startsWith("data:image/png;base64,iVBOR");
    assertThat(pixels(read(payload))).isEqualTo(pixels(Requests.drawing()));
  }

  @Test
  void sendsAsPngWhatTheServerDoesNotAccept() throws Exception {
    ImagePayload payload =
        new ImagePreparation(ImageLimits.DEFAULT, Set.of(ImageFormat.JPEG))
            .prepare(Requests.file("gif"));
    assertThat(payload.format()).isEqualTo(ImageFormat.PNG);
    assertThat(pixels(read(payload))).isEqualTo(pixels(Requests.drawing()));
  }

  @Test
  void sendsWebpAsPngUnlessItIsAccepted() throws Exception {
    byte[] webp = Base64.getDecoder().decode("UklGRhwAAABXRUJQVlA4TA8AAAAvAQAAAAcQ/Y/+ByKi/wEA");
    assertThat(IMAGES.prepare(webp).format()).isEqualTo(ImageFormat.PNG);
    assertThat(read(IMAGES.prepare(webp)).getWidth()).isEqualTo(2);
    assertThat(
            new ImagePreparation(ImageLimits.DEFAULT, Set.of(ImageFormat.WEBP))
                .prepare(webp)
                .dataUrl())
        .startsWith("data:image/webp;base64,");
  }

  @Test
  void refusesWhatIsNoImage() {
    for (String file : new String[] {"", "x", "<html>", "RIFF....WAVE", "GIF"}) {
      assertThatThrownBy(() -> IMAGES.prepare(file.getBytes(StandardCharsets.UTF_8)))
          .asInstanceOf(type(UnsendableImageException.class))
          .extracting(UnsendableImageException::type)
          .isEqualTo(CaptionFailure.Type.UNREADABLE_IMAGE);
    }
  }

  @Test
  void refusesWhatItWouldHaveToDecodeAndCannot() {
    byte[] bmp = Requests.file("bmp");
    byte[] tiff = Requests.file("tiff");
    byte[] avif = "\0\0\0\u001cftypavif\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] file : new byte[][] {Arrays.copyOf(bmp, 40), Arrays.copyOf(tiff, 12), avif}) {
      assertThatThrownBy(() -> IMAGES.prepare(file))
          .asInstanceOf(type(UnsendableImageException.class))
          .extracting(UnsendableImageException::type)
          .isEqualTo(CaptionFailure.Type.UNREADABLE_IMAGE);
    }
  }

  @Test
  void refusesWhatIsTooLarge() {
    ImagePreparation few =
        new ImagePreparation(new ImageLimits(60, 1 << 20), EndpointOptions.DEFAULT.accepted());
    ImagePreparation small =
        new ImagePreparation(new ImageLimits(1 << 20, 100), EndpointOptions.DEFAULT.accepted());
    assertThatThrownBy(() -> few.prepare(Requests.PNG))
        .hasMessageContaining("at most 60 are sent")
        .asInstanceOf(type(UnsendableImageException.class))
        .extracting(UnsendableImageException::type)
        .isEqualTo(CaptionFailure.Type.IMAGE_TOO_LARGE);
    assertThatThrownBy(() -> small.prepare(Requests.file("bmp")))
        .hasMessageContaining("24 x 16")
        .asInstanceOf(type(UnsendableImageException.class))
        .extracting(UnsendableImageException::type)
        .isEqualTo(CaptionFailure.Type.IMAGE_TOO_LARGE);
  }

  private static BufferedImage read(ImagePayload payload) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(payload.bytes()));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
