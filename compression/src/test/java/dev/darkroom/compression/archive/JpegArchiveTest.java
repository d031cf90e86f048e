package dev.darkroom.compression.archive;

import static dev.darkroom.compression.archive.WholeFiles.concat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.ImageShape;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.OddJpeg;
import dev.darkroom.compression.plain.PlainCoder;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** JPEG files of every kind are kept as they are, and told as what they are. */
class JpegArchiveTest {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;
  private static final int ARITHMETIC = 0xC9;
  private static final int EXTENDED = 0xC1;
  private static final int COMPONENT_TABLE = 14;
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));

  @ParameterizedTest
  @CsvSource({"0,PIXELS", "0,FILE", "2,PIXELS", "2,FILE", "-1,PIXELS", "-1,FILE"})
  void keepsFilesOfFourInks(int transform, Fidelity fidelity) throws Exception {
    byte[] plain = encode(4);
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    byte[] file = transform < 0 ? plain : OddJpeg.withSegment(plain, 0xEE, adobe);

    ArchivedFile row = archive(file, fidelity);

    assertStored(row, file);
    assertThat(row.failure()).isEmpty();
    assertThat(row.image())
        .hasValue(new ImageProperties(new ImageShape(WIDTH, HEIGHT, 4, 8), Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsFurtherPicturesAndBytesBehindTheFirst(Fidelity fidelity) throws Exception {
    byte[] one = encode(3);
    byte[] index = "MPF\0MM\0*\0\0\0\b".getBytes(StandardCharsets.US_ASCII);
    byte[] pictures = concat(OddJpeg.withSegment(one, 0xE2, index), one);
    byte[] video = "\0\0\0\30ftypmp42\0\0\0\0mp42isom".getBytes(StandardCharsets.US_ASCII);
    for (byte[] file : List.of(pictures, concat(one, video), concat(one, new byte[3000]))) {
      ArchivedFile row = archive(file, fidelity);

      assertStored(row, file);
      assertThat(row.failure()).isEmpty();
      assertThat(row.image().orElseThrow().shape().width()).isEqualTo(WIDTH);
    }
  }

  /** Pixels of a lossless frame are read as they were written; the file is kept for them. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsLosslessFiles(Fidelity fidelity) throws Exception {
    RasterImage grey = DrawnImages.smooth(WIDTH, HEIGHT, 1, 8);
    byte[] file = OddJpeg.lossless(grey);
    assertThat(new ImageFileDecoder(DecodeLimits.DEFAULT).decode(file).raster()).isEqualTo(grey);

    ArchivedFile row = archive(file, fidelity);

    assertStored(row, file);
    assertThat(row.failure()).isEmpty();
    assertThat(row.image())
        .hasValue(new ImageProperties(new ImageShape(WIDTH, HEIGHT, 1, 8), Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void saysWhichKindIsNotRead(Fidelity fidelity) throws Exception {
    byte[] plain = encode(3);
    assertUnread(fidelity, OddJpeg.withFrame(plain, EXTENDED, 12), "it has 12 bits a sample");
    assertUnread(fidelity, OddJpeg.withFrame(plain, ARITHMETIC, 8), "it is arithmetically coded");
    assertUnread(fidelity, OddJpeg.withFrame(plain, 0xC5, 8), "it is hierarchical");
    assertUnread(fidelity, OddJpeg.withLateHeight(plain), "in a DNL segment");
  }

  @ParameterizedTest
  @CsvSource({
    "jpegls,PIXELS",
    "jpegls,FILE",
    "jpeg2000,PIXELS",
    "jpeg2000,FILE",
    "codestream,PIXELS",
    "codestream,FILE"
  })
  void namesTheRelativesOfJpeg(String kind, Fidelity fidelity) throws Exception {
    String start =
        switch (kind) {
          case "jpegls" -> "\u00ff\u00d8\u00ff\u00f7\0\13\b\0\50\0\60\1\1\21\0";
          case "jpeg2000" -> "\0\0\0\fjP  \r\n\u0087\n\0\0\0\24ftypjp2 ";
          default -> "\u00ffO\u00ffQ\0/\0\0";
        };
    byte[] file = Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), 200);
    ImageFormat format = kind.equals("jpegls") ? ImageFormat.JPEGLS : ImageFormat.JPEG2000;

    ArchivedFile row = archive(file, fidelity);

    assertStored(row, file);
    assertThat(row.sourceFormat()).hasValue(format);
    assertThat(row.failure())
        .hasValue(
            new ArchiveFailure("UNSUPPORTED", format.title() + " is not read; its bytes are kept"));
  }

  /** A decoder that stumbles costs a warning, and not the file. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsFilesThatADecoderFailsAt(Fidelity fidelity) throws Exception {
    byte[] file = OddJpeg.lossless(DrawnImages.smooth(WIDTH, HEIGHT, 1, 8));
    file[COMPONENT_TABLE] = 5;

    ArchivedFile row = archive(file, fidelity);

    assertStored(row, file);
    assertThat(row.failure().orElseThrow().type()).isEqualTo("INTERNAL");
    assertThat(row.failure().orElseThrow().message())
        .startsWith("the decoder stopped with java.lang.ArrayIndexOutOfBoundsException");
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsFilesOverTheLimitOfPixels(Fidelity fidelity) throws Exception {
    byte[] file = encode(1);
    DecodeLimits limits = new DecodeLimits(WIDTH * HEIGHT - 1, 1 << 20, Duration.ofSeconds(30));

    ArchivedFile row = new FileArchiver(Profile.FAST, fidelity, limits, PLAIN, PLAIN).archive(file);

    assertStored(row, file);
    assertThat(row.failure())
        .hasValue(
            new ArchiveFailure(
                "TOO_LARGE",
                "the image has 48 x 40 = 1920 pixels, over the limit of 1919;"
                    + " raise it (--max-pixels) to read the image"));
    assertThat(row.image())
        .hasValue(new ImageProperties(new ImageShape(WIDTH, HEIGHT, 1, 8), Optional.empty()));
  }

  private static void assertUnread(Fidelity fidelity, byte[] file, String kind) throws Exception {
    ArchivedFile row = archive(file, fidelity);

    assertStored(row, file);
    assertThat(row.sourceFormat()).hasValue(ImageFormat.JPEG);
    assertThat(row.failure().orElseThrow().type()).isEqualTo("UNSUPPORTED");
    assertThat(row.failure().orElseThrow().message())
        .startsWith("a JPEG of this kind is not read: ")
        .contains(kind);
  }

  private static void assertStored(ArchivedFile row, byte[] file) throws Exception {
    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.leftBehind()).isEmpty();
    RestoredFile restored =
        new FileRestorer(DecodeLimits.DEFAULT, PLAIN).restore(RestoreRequest.of(row));
    assertThat(restored.bytes()).isEqualTo(file);
    assertThat(restored.original()).isTrue();
  }

  private static ArchivedFile archive(byte[] file, Fidelity fidelity) {
    return new FileArchiver(Profile.FAST, fidelity, DecodeLimits.DEFAULT, PLAIN, PLAIN)
        .archive(file);
  }

  /** A baseline file of so many components, which ImageIO writes without asking what they are. */
  private static byte[] encode(int components) throws IOException {
    RasterImage smooth = DrawnImages.smooth(WIDTH, HEIGHT, components, 8);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, components, null);
    raster.setDataElements(0, 0, WIDTH, HEIGHT, smooth.samples());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
