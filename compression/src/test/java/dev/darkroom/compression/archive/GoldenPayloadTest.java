package dev.darkroom.compression.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.InstalledCoders;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageFileDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads with the blocks of each release, which must be restored for ever. */
@Tag("determinism")
class GoldenPayloadTest {
  private final FileRestorer restorer = new FileRestorer(DecodeLimits.DEFAULT);

  @Test
  void restoresPixelsAndMetadata() throws Exception {
    RestoredFile restored =
        restorer.restore(request("v1-block1.drk", "00".repeat(Sha256.BYTES), Optional.empty()));

    DecodedImage decoded = new ImageFileDecoder(DecodeLimits.DEFAULT).decode(restored.bytes());
    assertThat(decoded.raster()).isEqualTo(DrawnImages.smooth(67, 43, 3, 8));
    assertThat(decoded.metadata().chunks()).hasSize(2);
    assertThat(decoded.metadata().find("tEXt")).isPresent();
  }

  /** The file's hash, then that of its pixels as they were kept. */
  @ParameterizedTest
  @CsvSource({
    "v1-block2-palette.drk,"
        + "e19dba1b923554e4f9ed9a6b67ad219b2436342281e01af06a587b7cf6f745c5,"
        + "b5ba6059bc29aa50ab364040bda1a1a61abafba5b42d0c9fb9cb46010beb0c1b",
    "v1-block2-grey.drk,"
        + "8b3d56856e85e0dae81f3ddd69665a4e492a6e4ddfaf16a4a1460f553ed0f23c,"
        + "9942101ea792bf901e084c8cf90ba48414febd59f720dfaa5c39566edf2f581a",
    "v1-block2-color.drk,"
        + "8d3720904a3b2636d8bacb2733c2dc56c1610117a70da1e56f58b2021da27e73,"
        + "bce7c75d6564deb4d4515a10f236307195c0ab7c2c84d168daffa7420841a302",
    "v1-block3-bmp.drk,"
        + "37be6ab64dcf818901c6fc2fac42f373c633e8bd13ff6af19da043fc92065597,"
        + "858ee07e288527820b5c25ee2fa57fcb416fbdbd1f5eadc76620f98180eeb6de",
    "v1-block3-tiff.drk,"
        + "7f5f79b9c36053435d49d643bcd492ddc0dca1696b3f34288eea7128bfacf52a,"
        + "8c9d23771aa8ec5f197af32747616b2beda8a51d2d9dfad82babefcae930f374"
  })
  void restoresFiles(String name, String fileSha256, String pixelSha256) throws Exception {
    RestoredFile restored =
        restorer.restore(request(name, fileSha256, Optional.of(Sha256.fromHex(pixelSha256))));

    assertThat(restored.original()).isTrue();
    assertThat(Sha256.of(restored.bytes()).toHex()).isEqualTo(fileSha256);
  }

  /** Pictures of palettes that were kept as colours are those colours. */
  @Test
  void showsColors() throws Exception {
    PayloadPicture picture =
        PayloadPicture.of(
            read("v1-block2-palette.drk"), InstalledCoders.all(), DecodeLimits.DEFAULT);

    assertThat(picture.samples().channels()).isEqualTo(4);
    assertThat(picture.form()).isEmpty();
  }

  private static RestoreRequest request(
      String name, String fileSha256, Optional<Sha256> pixelSha256) throws IOException {
    return new RestoreRequest(
        ArchiveCodec.IFLOW, read(name), Optional.empty(), Sha256.fromHex(fileSha256), pixelSha256);
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = GoldenPayloadTest.class.getResourceAsStream("/golden/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
