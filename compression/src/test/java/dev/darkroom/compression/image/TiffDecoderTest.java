package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uncompressed TIFF files written here byte by byte. */
class TiffDecoderTest {
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private record Field(int tag, int type, int... values) {}

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

    DecodedImage decoded = decoder.decode(tiff(raster, littleEndian, channels < 3 ? 1 : 2, 2, 1));

    assertThat(decoded.raster()).isEqualTo(raster);
    assertThat(decoded.format()).isEqualTo(ImageFormat.TIFF);
  }

  @ParameterizedTest
  @CsvSource({"8", "16"})
  void showsWhiteAsWhiteWhereWhiteIsZero(int depth) throws Exception {
    RasterImage raster = DrawnImages.smooth(23, 11, 1, depth);
    byte[] inverse = raster.samples().clone();
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = (byte) ~inverse[i];
    }

    DecodedImage decoded = decoder.decode(tiff(raster, true, 0, 2, 1));

    assertThat(decoded.raster()).isEqualTo(new RasterImage(23, 11, 1, depth, inverse));
  }

  @Test
  void leavesWhatIsNotOnePlainRasterToItsOwnBytes() {
    RasterImage rgba = DrawnImages.smooth(23, 11, 4, 8);
    RasterImage grey = DrawnImages.smooth(23, 11, 1, 16);
    assertNotOneRaster(tiff(rgba, true, 2, 1, 1), "premultiplied alpha");
    assertNotOneRaster(tiff(rgba, true, 5, 2, 1), "CMYK");
    assertNotOneRaster(tiff(grey, true, 1, 2, 2), "signed samples");
  }

  private void assertNotOneRaster(byte[] file, String what) {
    assertThatThrownBy(() -> decoder.decode(file))
        .as(what)
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.NOT_ONE_RASTER, ImageDecodeException::type);
  }

  private static byte[] tiff(
      RasterImage raster, boolean littleEndian, int photometric, int extra, int sampleFormat) {
    int channels = raster.channels();
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(256, LONG, raster.width()));
    fields.add(new Field(257, LONG, raster.height()));
    fields.add(new Field(258, SHORT, repeat(raster.bitDepth(), channels)));
    fields.add(new Field(259, SHORT, 1));
    fields.add(new Field(262, SHORT, photometric));
    fields.add(new Field(273, LONG, 8));
    fields.add(new Field(277, SHORT, channels));
    fields.add(new Field(278, LONG, raster.height()));
    fields.add(new Field(279, LONG, raster.samples().length));
    fields.add(new Field(284, SHORT, 1));
    if (channels % 2 == 0 && photometric != 5) {
      fields.add(new Field(338, SHORT, extra));
    }
    fields.add(new Field(339, SHORT, repeat(sampleFormat, channels)));
    ByteBuffer out =
        ByteBuffer.allocate(raster.samples().length + 400)
            .order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    out.put((byte) (littleEndian ? 'I' : 'M')).put((byte) (littleEndian ? 'I' : 'M'));
    int directory = 8 + raster.samples().length + (raster.samples().length & 1);
    out.putShort((short) 42).putInt(directory);
    for (int i = 0; i < raster.samples().length; i++) {
      boolean swap = raster.bitDepth() == 16 && littleEndian;
      out.put(raster.samples()[swap ? i ^ 1 : i]);
    }
    out.position(directory);
    int extraAt = directory + 2 + 12 * fields.size() + 4;
    out.putShort((short) fields.size());
    for (Field field : fields) {
      out.putShort((short) field.tag()).putShort((short) field.type());
      out.putInt(field.values().length);
      int bytes = field.values().length * (field.type() == SHORT ? 2 : 4);
      int end = out.position() + 4;
      if (bytes > 4) {
        out.putInt(extraAt);
        out.position(extraAt);
        extraAt += bytes;
      }
      for (int value : field.values()) {
        if (field.type() == SHORT) {
          out.putShort((short) value);
        } else {
          out.putInt(value);
        }
      }
      out.position(end);
    }
    return out.array();
  }

  private static int[] repeat(int value, int count) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }
}
