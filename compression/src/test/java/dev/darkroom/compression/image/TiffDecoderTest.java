package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.TiffFiles;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFF files written here byte by byte. */
class TiffDecoderTest {
  private final ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "1,8,true",
    "1,16,true",
    "1,16,false",
    "2,8,false",
    "2,16,true",
    "3,8,true",
    "3,16,true",
    "3,16,false",
    "4,8,true",
    "4,16,true",
    "4,16,false"
  })
  void returnsTheSamplesThatAreStored(int channels, int depth, boolean littleEndian)
      throws Exception {
    RasterImage raster = DrawnImages.smooth(23, 11, channels, depth);
    byte[] file =
        writer(raster).order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).write();

    DecodedImage decoded = decoder.decode(file);

    assertThat(decoded.raster()).isEqualTo(raster);
    assertThat(decoded.format()).isEqualTo(ImageFormat.TIFF);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void showsWhiteAsWhiteWhereWhiteIsZero(int depth) throws Exception {
    RasterImage raster = DrawnImages.smooth(23, 11, 1, depth);
    byte[] stored = writer(raster).photometric(0).write();

    assertThat(decoder.decode(stored).raster()).isEqualTo(raster);
    assertThat(stored[8]).isEqualTo((byte) ~raster.samples()[depth == 8 ? 0 : 1]);
  }

  @Test
  void leavesWhatIsNotOnePlainRasterToItsOwnBytes() {
    RasterImage rgba = DrawnImages.smooth(23, 11, 4, 8);
    RasterImage grey = DrawnImages.smooth(23, 11, 1, 16);
    assertNotOneRaster(writer(rgba).field(338, TiffFiles.SHORT, 1), "premultiplied alpha");
    assertNotOneRaster(writer(rgba).photometric(5), "CMYK");
    assertNotOneRaster(writer(grey).field(339, TiffFiles.SHORT, 2), "signed samples");
    assertNotOneRaster(writer(grey).field(339, TiffFiles.SHORT, 3), "samples of half floats");
    assertNotOneRaster(writer(grey).field(32_997, TiffFiles.LONG, 16), "a volume");
    assertNotOneRaster(writer(grey).field(266, TiffFiles.SHORT, 2), "bits in reverse");
    assertNotOneRaster(writer(grey).predictor(true), "differences that nothing compresses");
    assertNotOneRaster(writer(grey).compression(7, 0), "JPEG");
    assertNotOneRaster(writer(grey).next(8), "a second page, which is the same");
    assertNotOneRaster(writer(grey).behind(new byte[16]), "bytes behind the image");
    assertNotOneRaster(writer(grey).behind((byte) 1, (byte) 2), "two bytes behind the image");
  }

  @Test
  void takesFewZerosForAlignment() throws Exception {
    RasterImage grey = DrawnImages.smooth(23, 11, 1, 16);

    assertThat(decoder.decode(writer(grey).behind(new byte[15]).write()).raster()).isEqualTo(grey);
    assertThat(decoder.decode(writer(grey).behind((byte) 7).write()).raster()).isEqualTo(grey);
  }

  @Test
  void leavesPalettesOfMoreThanEightBitsToTheirOwnBytes() throws Exception {
    RasterImage indices = DrawnImages.constant(23, 11, 1, 8, 3);
    int[] colors = new int[3 * 256];
    Arrays.setAll(colors, i -> i * 80);
    TiffFiles deep = writer(indices).photometric(3).field(320, TiffFiles.SHORT, colors);
    Arrays.setAll(colors, i -> i % 256 << 8);
    TiffFiles shifted = writer(indices).photometric(3).field(320, TiffFiles.SHORT, colors);

    assertNotOneRaster(deep, "colours of 16 bits");
    assertThat(decoder.decode(shifted.write()).shown().samples()[0]).isEqualTo((byte) 3);
  }

  /** Whatever is wrong with a file, the outcome is an image or a reason, and soon. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8})
  void endsOnDamagedFiles(int compression) {
    RasterImage raster = DrawnImages.smooth(40, 30, 3, 8);
    TiffFiles writer =
        writer(raster).compression(compression, compression == 8 ? 6 : 700).field(34_665, 4, 8);
    byte[] sound = (compression == 8 ? writer.strips(7) : writer.tiles(16, 16)).write();
    Random random = new Random(compression);
    DecodeLimits limits = new DecodeLimits(1 << 20, 1 << 20, DecodeLimits.DEFAULT.timeout());
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = Arrays.copyOf(sound, sound.length - random.nextInt(20));
      for (int k = random.nextInt(4); k >= 0; k--) {
        int near = Math.max(0, damaged.length - 300);
        int at = random.nextBoolean() ? random.nextInt(damaged.length) : near + random.nextInt(280);
        damaged[at] = (byte) random.nextInt();
      }
      try {
        new ImageFileDecoder(limits).decode(damaged);
      } catch (ImageDecodeException e) {
        assertThat(e.type()).isNotIn(ErrorType.INTERNAL, ErrorType.TIMEOUT);
        assertThat(e.getMessage()).doesNotContain("the decoder stopped with");
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private void assertNotOneRaster(TiffFiles file, String what) {
    assertThatThrownBy(() -> decoder.decode(file.write()))
        .as(what)
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.NOT_ONE_RASTER, ImageDecodeException::type);
  }

  private static TiffFiles writer(RasterImage raster) {
    return new TiffFiles(raster, 1);
  }
}
