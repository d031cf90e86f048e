package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFileDecoderTest {
  private final ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "bmp,1", "bmp,10", "bmp,13", "tiff,1", "tiff,10", "tiff,11", "tiff,13", "tiff,6", "gif,13",
    "png,6", "png,11", "png,12", "png,13"
  })
  void returnsTheSamplesThatWereWritten(String format, int imageType) throws Exception {
    BufferedImage image = draw(imageType == 1 ? BufferedImage.TYPE_3BYTE_BGR : imageType);

    DecodedImage decoded = decoder.decode(encode(image, format));

    assertThat(decoded.format().id()).isEqualTo(format);
    assertThat(decoded.lossySource()).isFalse();
    RasterImage raster = decoded.shown();
    assertThat(raster.width()).isEqualTo(41);
    assertThat(raster.height()).isEqualTo(29);
    for (int y = 0; y < 29; y++) {
      for (int x = 0; x < 41; x++) {
        assertThat(pixel(raster, x, y)).isEqualTo(pixel(image, x, y));
      }
    }
  }

  @Test
  void decodesJpegAsALossySource() throws Exception {
    DecodedImage decoded = decoder.decode(encode(draw(BufferedImage.TYPE_3BYTE_BGR), "jpg"));

    assertThat(decoded.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(decoded.lossySource()).isTrue();
    assertThat(decoded.raster().channels()).isEqualTo(3);
  }

  @Test
  void namesWhatIsNoImage() {
    assertFails(new byte[0], ErrorType.NOT_AN_IMAGE);
    assertFails("plain text, not pixels".getBytes(StandardCharsets.UTF_8), ErrorType.NOT_AN_IMAGE);
  }

  @ParameterizedTest
  @CsvSource({"bmp", "tiff", "gif", "png", "jpg"})
  void survivesDamageToEveryByte(String format) throws Exception {
    byte[] file = encode(draw(BufferedImage.TYPE_BYTE_INDEXED), format);
    ImageFileDecoder careful =
        new ImageFileDecoder(new DecodeLimits(1 << 20, 1 << 20, Duration.ofSeconds(20)));
    for (int i = 0; i < file.length; i += 1 + file.length / 400) {
      byte[] damaged = file.clone();
      damaged[i] ^= (byte) 0xFF;
      decodeOrTypedFailure(careful, damaged, format + " byte " + i);
      decodeOrTypedFailure(careful, Arrays.copyOf(file, i), format + " cut at " + i);
    }
  }

  @Test
  void holdsTheLimits() throws Exception {
    byte[] file = encode(draw(BufferedImage.TYPE_3BYTE_BGR), "bmp");
    ImageFileDecoder few =
        new ImageFileDecoder(new DecodeLimits(41 * 29 - 1, 1 << 20, Duration.ofSeconds(9)));
    assertThatThrownBy(() -> few.decode(file))
        .hasMessageContaining("41 x 29 = 1189 pixels, over the limit of 1188")
        .hasMessageContaining("--max-pixels")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.TOO_LARGE, ImageDecodeException::type);
    ImageFileDecoder small =
        new ImageFileDecoder(new DecodeLimits(1 << 20, file.length - 1, Duration.ofSeconds(9)));
    assertThatThrownBy(() -> small.decode(file))
        .hasMessageContaining("--max-bytes")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.TOO_LARGE, ImageDecodeException::type);
  }

  @Test
  void leavesADecoderThatNeverEnds() {
    assertThatThrownBy(
            () ->
                Guard.run(
                    Duration.ofMillis(50),
                    () -> {
                      DeadlineInput in = new DeadlineInput(new byte[10]);
                      while (true) {
                        in.seek(0);
                        in.readByte();
                      }
                    }))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.TIMEOUT, ImageDecodeException::type);
  }

  @Test
  void turnsErrorsOfDecodersIntoTypes() {
    assertThatThrownBy(
            () ->
                Guard.run(
                    Duration.ofSeconds(5),
                    () -> {
                      throw new OutOfMemoryError("too much");
                    }))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.OUT_OF_MEMORY, ImageDecodeException::type);
    assertThatThrownBy(
            () ->
                Guard.run(
                    Duration.ofSeconds(5),
                    () -> {
                      throw new StackOverflowError();
                    }))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.INTERNAL, ImageDecodeException::type);
    assertThatThrownBy(
            () ->
                Guard.run(
                    Duration.ofSeconds(5),
                    () -> {
                      throw new ArrayIndexOutOfBoundsException("Coordinate out of bounds!");
                    }))
        .hasMessageContaining("the decoder stopped with java.lang.ArrayIndexOutOfBoundsException")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.INTERNAL, ImageDecodeException::type);
  }

  @Test
  void rejectsWhatPngSuiteSaysIsBrokenAndNothingElse() throws IOException {
    Set<String> rejected = new TreeSet<>();
    Set<String> expected = new TreeSet<>();
    for (Path file : SharedData.files("broken/pngsuite")) {
      String name = file.getFileName().toString();
      if (!name.endsWith(".png")) {
        continue;
      }
      if (name.startsWith("x")) {
        expected.add(name);
      }
      try {
        decoder.decode(Files.readAllBytes(file));
      } catch (ImageDecodeException e) {
        rejected.add(name);
      }
    }
    assertThat(rejected).isEqualTo(expected).hasSize(14);
  }

  @ParameterizedTest
  @CsvSource({"png", "jpeg"})
  void survivesFuzzedFiles(String folder) throws IOException {
    for (Path file : SharedData.files("broken/" + folder)) {
      decodeOrTypedFailure(decoder, Files.readAllBytes(file), file.toString());
    }
  }

  private void assertFails(byte[] file, ErrorType expected) {
    assertThatThrownBy(() -> decoder.decode(file))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(expected, ImageDecodeException::type);
  }

  private static void decodeOrTypedFailure(ImageFileDecoder decoder, byte[] file, String name) {
    try {
      assertThat(decoder.decode(file).raster()).isNotNull();
    } catch (ImageDecodeException e) {
      assertThat(e.type()).as(name).isNotIn(ErrorType.OUT_OF_MEMORY, ErrorType.TIMEOUT);
      if (e.type() == ErrorType.INTERNAL) {
        // a decoder of others that stumbles over damage: told as what it is
        assertThat(e.getMessage()).as(name).startsWith("the decoder stopped with java.lang.");
        assertThat(e.getCause()).as(name).isInstanceOf(RuntimeException.class);
      }
    } catch (RuntimeException e) {
      fail(name, e);
    }
  }

  private static BufferedImage draw(int imageType) {
    BufferedImage image = new BufferedImage(41, 29, imageType);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 40; i++) {
      graphics.setColor(new Color(i * 6, 255 - i * 5, i * 37 % 256, 255 - i));
      graphics.fillOval(i, i / 2, 30 - i / 2, 25 - i / 2);
    }
    graphics.dispose();
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BufferedImage writable = image;
    if (format.equals("jpg")) {
      writable = new BufferedImage(41, 29, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = writable.createGraphics();
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
    }
    assertThat(ImageIO.write(writable, format, out)).isTrue();
    return out.toByteArray();
  }

  /** The samples of a pixel; one grey sample stands for three equal ones. */
  private static int[] pixel(RasterImage raster, int x, int y) {
    int[] pixel = new int[raster.channels()];
    for (int c = 0; c < pixel.length; c++) {
      int i = (y * raster.width() + x) * pixel.length + c;
      byte[] samples = raster.samples();
      pixel[c] =
          raster.bitDepth() == 8
              ? samples[i] & 0xFF
              : (samples[2 * i] & 0xFF) << 8 | samples[2 * i + 1] & 0xFF;
    }
    return pixel;
  }

  private static int[] pixel(BufferedImage image, int x, int y) {
    if (image.getType() == BufferedImage.TYPE_BYTE_INDEXED) {
      int rgb = image.getRGB(x, y);
      return image.getColorModel().hasAlpha()
          ? new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, rgb >>> 24}
          : new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF};
    }
    int[] samples = image.getRaster().getPixel(x, y, (int[]) null);
    if (image.getType() == BufferedImage.TYPE_BYTE_BINARY) {
      samples[0] *= 255;
    }
    return samples;
  }
}
