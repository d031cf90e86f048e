package dev.darkroom.compression.archive;

import static dev.darkroom.compression.archive.WholeFiles.concat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.PlainWebp;
import dev.darkroom.compression.plain.PlainCoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebpArchiveTest {
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));

  private final FileRestorer restorer = new FileRestorer(DecodeLimits.DEFAULT, PLAIN);
  private final ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);

  /** Files that libwebp wrote, with a PNG of the same samples beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"rgb", "rgba", "icc"})
  void keepsLosslessFilesOfLibwebp(String name) throws Exception {
    byte[] file = read(name + ".webp");
    RasterImage expected = decoder.decode(read(name + ".png")).raster();
    for (Fidelity fidelity : Fidelity.values()) {
      ArchivedFile row = archive(file, fidelity);

      assertThat(row.sourceFormat()).hasValue(ImageFormat.WEBP);
      assertThat(row.failure()).isEmpty();
      assertThat(row.image()).hasValue(ImageProperties.of(expected));
      RestoredFile restored = restorer.restore(RestoreRequest.of(row));
      assertThat(restored.original()).isEqualTo(row.status() == ArchiveStatus.STORED);
      if (restored.original()) {
        assertThat(restored.bytes()).isEqualTo(file);
      } else {
        assertThat(fidelity).isEqualTo(Fidelity.PIXELS);
        assertThat(decoder.decode(restored.bytes()).raster()).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void givesBackSamplesUnderPixelsAndBytesUnderFile(int channels) throws Exception {
    RasterImage raster = DrawnImages.smooth(120, 90, channels, 8);
    byte[] file = PlainWebp.lossless(raster);

    ArchivedFile pixels = archive(file, Fidelity.PIXELS);
    assertThat(pixels.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(pixels.leftBehind()).isEmpty();
    assertThat(pixels.image().orElseThrow().pixelSha256()).hasValue(Sha256.ofPixels(raster));
    RestoredFile restored = restorer.restore(RestoreRequest.of(pixels));
    assertThat(restored.extension()).isEqualTo("png");
    assertThat(decoder.decode(restored.bytes()).raster()).isEqualTo(raster);

    ArchivedFile whole = archive(file, Fidelity.FILE);
    assertThat(whole.image().orElseThrow().pixelSha256()).hasValue(Sha256.ofPixels(raster));
    assertThat(restorer.restore(RestoreRequest.of(whole)).bytes()).isEqualTo(file);
  }

  /** Transparent black among few colours: what is not seen is kept all the same. */
  @Test
  void keepsTransparencyOfFewColours() throws Exception {
    RasterImage raster = DrawnImages.constant(120, 90, 4, 8, 0);
    Random random = new Random(2);
    for (int i = 0; i < raster.samples().length; i += 4) {
      int color = random.nextInt(5);
      raster.samples()[i] = (byte) (50 * color);
      raster.samples()[i + 3] = (byte) (color == 0 ? 0 : 0xFF);
    }
    byte[] file = PlainWebp.lossless(raster);

    ArchivedFile row = archive(file, Fidelity.PIXELS);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    byte[] png = restorer.restore(RestoreRequest.of(row)).bytes();
    assertThat(decoder.decode(png).raster()).isEqualTo(raster);
  }

  @Test
  void keepsProfileExifAndXmp() throws Exception {
    RasterImage raster = DrawnImages.smooth(120, 90, 3, 8);
    byte[] exif = "II*\0 made up".getBytes(StandardCharsets.US_ASCII);
    byte[] behind =
        concat(
            PlainWebp.chunk("EXIF", exif),
            PlainWebp.chunk("XMP ", "<x:xmpmeta/>".getBytes(StandardCharsets.US_ASCII)));
    byte[] profile = new byte[300];
    byte[] file = PlainWebp.extended(raster, 0x2C, PlainWebp.chunk("ICCP", profile), behind);

    ArchivedFile row = archive(file, Fidelity.PIXELS);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(row.leftBehind()).isEmpty();
    DecodedImage restored = decoder.decode(restorer.restore(RestoreRequest.of(row)).bytes());
    assertThat(restored.raster()).isEqualTo(raster);
    assertThat(restored.metadata().find("iCCP")).hasValue(ImageMetadata.iccProfile(profile));
    assertThat(restored.metadata().find("eXIf").orElseThrow().data()).isEqualTo(exif);
    assertThat(restored.metadata().hasText(ImageMetadata.XMP_KEYWORD)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void storesLossyFilesWithoutAHash(Fidelity fidelity) throws Exception {
    byte[] file = read("lossy.webp");

    ArchivedFile row = archive(file, fidelity);

    assertStored(row, file);
    assertThat(row.failure()).isEmpty();
    assertThat(row.image().orElseThrow().shape().channels()).isEqualTo(3);
    assertThat(row.image().orElseThrow().pixelSha256()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void storesAnimationsEvenOfOneFrame(Fidelity fidelity) throws Exception {
    byte[] one = PlainWebp.animation(DrawnImages.smooth(60, 40, 3, 8));
    for (byte[] file : List.of(read("animated.webp"), one)) {
      ArchivedFile row = archive(file, fidelity);

      assertStored(row, file);
      assertThat(row.failure()).isEmpty();
      assertThat(row.image()).isEmpty();
    }
  }

  /** What the image does not account for keeps the whole file. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void storesFilesWithMoreThanAnImage(Fidelity fidelity) throws Exception {
    RasterImage raster = DrawnImages.smooth(60, 40, 3, 8);
    byte[] plain = PlainWebp.lossless(raster);
    byte[] unknown =
        PlainWebp.extended(raster, 0, new byte[0], PlainWebp.chunk("WHAT", new byte[6]));
    for (byte[] file : List.of(unknown, concat(plain, new byte[21]))) {
      assertStored(archive(file, fidelity), file);
    }
  }

  @ParameterizedTest
  @CsvSource({"rgb", "rgba", "icc", "lossy", "animated"})
  void keepsDamagedFiles(String name) throws Exception {
    byte[] file = read(name + ".webp");
    for (Fidelity fidelity : Fidelity.values()) {
      for (int i = 20; i < file.length; i += 11) {
        byte[] damaged = file.clone();
        damaged[i] ^= (byte) 0x55;

        ArchivedFile row = archive(damaged, fidelity);

        RestoredFile restored = restorer.restore(RestoreRequest.of(row));
        if (row.status() == ArchiveStatus.STORED) {
          assertThat(restored.bytes()).isEqualTo(damaged);
        } else {
          assertThat(row.failure()).isEmpty();
          assertThat(decoder.decode(restored.bytes()).raster())
              .isEqualTo(decoder.decode(damaged).raster());
        }
      }
    }
  }

  private void assertStored(ArchivedFile row, byte[] file) throws Exception {
    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.leftBehind()).isEmpty();
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  private static ArchivedFile archive(byte[] file, Fidelity fidelity) {
    return new FileArchiver(Profile.FAST, fidelity, DecodeLimits.DEFAULT, PLAIN, PLAIN)
        .archive(file);
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = WebpArchiveTest.class.getResourceAsStream("/webp/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
