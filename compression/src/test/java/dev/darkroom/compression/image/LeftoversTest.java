package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.TiffFiles;
import dev.darkroom.compression.image.png.PngChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept beside the pixels of a file, and what is told to be left behind. */
class LeftoversTest {
  private final ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);

  @Test
  void leavesNothingOfAPlainFile() throws Exception {
    byte[] file =
        tiff()
            .field(282, TiffFiles.RATIONAL, 1, 1)
            .field(283, 5, 1, 1)
            .field(296, TiffFiles.SHORT, 1)
            .write();

    assertThat(metadata(file).chunks()).isEmpty();
    assertThat(leftovers(file)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "33550,geotiff",
    "34735,geotiff",
    "33922,geotiff",
    "42112,gdal",
    "42113,gdal",
    "33723,iptc",
    "34377,photoshop",
    "37724,photoshop",
    "65000,private-tags",
    "285,tags",
    "297,pages"
  })
  void namesFieldsThatPngCannotHold(int tag, String name) throws Exception {
    byte[] file = tiff().field(tag, TiffFiles.BYTE, new byte[24]).write();

    assertThat(leftovers(file)).containsExactly(name);
  }

  @Test
  void keepsTextAndResolutionInPngsTerms() throws Exception {
    byte[] xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'/>".getBytes(StandardCharsets.UTF_8);
    byte[] file =
        tiff()
            .field(270, TiffFiles.ASCII, "Br\u00fccke\0".getBytes(StandardCharsets.UTF_8))
            .field(305, TiffFiles.ASCII, "a program\0".getBytes(StandardCharsets.US_ASCII))
            .field(282, TiffFiles.RATIONAL, 300, 1)
            .field(283, TiffFiles.RATIONAL, 600, 2)
            .field(296, TiffFiles.SHORT, 2)
            .field(700, TiffFiles.BYTE, xmp)
            .write();

    ImageMetadata metadata = metadata(file);

    assertThat(leftovers(file)).isEmpty();
    assertThat(metadata.find("pHYs").orElseThrow().data())
        .isEqualTo(ByteBuffer.allocate(9).putInt(11_811).putInt(11_811).put((byte) 1).array());
    assertThat(metadata.find("tEXt").orElseThrow().data())
        .isEqualTo("Software\0a program".getBytes(StandardCharsets.US_ASCII));
    assertThat(metadata.chunks().stream().filter(c -> c.type().equals("iTXt")).map(PngChunk::data))
        .containsExactly(
            "XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"
                .getBytes(StandardCharsets.UTF_8),
            "Description\0\0\0\0\0Br\u00fccke".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsOrientationInExif(boolean littleEndian) throws Exception {
    ByteOrder order = littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] make = "A camera\0".getBytes(StandardCharsets.US_ASCII);
    byte[] file =
        tiff()
            .order(order)
            .field(274, TiffFiles.SHORT, 6)
            .field(271, TiffFiles.ASCII, make)
            .write();

    ByteBuffer exif =
        ByteBuffer.wrap(metadata(file).find("eXIf").orElseThrow().data()).order(order);

    assertThat(leftovers(file)).isEmpty();
    assertThat(exif.getShort(2)).isEqualTo((short) 42);
    assertThat(exif.getInt(4)).isEqualTo(8);
    assertThat(exif.getShort(8)).isEqualTo((short) 2);
    assertThat(exif.getShort(10)).isEqualTo((short) 271);
    assertThat(exif.getInt(14)).isEqualTo(make.length);
    byte[] text = new byte[make.length];
    exif.get(exif.getInt(18), text);
    assertThat(text).isEqualTo(make);
    assertThat(exif.getShort(22)).isEqualTo((short) 274);
    assertThat(exif.getShort(30)).isEqualTo((short) 6);
  }

  @Test
  void keepsTheDirectoriesOfExifAndTellsOfMakerNotes() throws Exception {
    byte[] bare = tiff().field(34_665, TiffFiles.LONG, 8).write();
    // a directory behind the image: exposure time and a maker's note
    ByteBuffer exif = ByteBuffer.allocate(38).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 2);
    exif.putShort((short) 33_434).putShort((short) 5).putInt(1).putInt(bare.length + 30);
    exif.putShort((short) 37_500).putShort((short) 7).putInt(2).putInt(0x0201);
    exif.putInt(0).putInt(1).putInt(125);
    byte[] file = tiff().field(34_665, TiffFiles.LONG, bare.length).behind(exif.array()).write();

    ByteBuffer kept =
        ByteBuffer.wrap(metadata(file).find("eXIf").orElseThrow().data())
            .order(ByteOrder.LITTLE_ENDIAN);

    assertThat(leftovers(file)).containsExactly("maker-note");
    int directory = kept.getInt(18);
    assertThat(kept.getShort(directory)).isEqualTo((short) 2);
    int time = kept.getInt(directory + 10);
    assertThat(kept.getInt(time)).isEqualTo(1);
    assertThat(kept.getInt(time + 4)).isEqualTo(125);
    assertThat(kept.getShort(directory + 22)).isEqualTo((short) 0x0201);
  }

  @Test
  void tellsOfWhatABitmapHoldsBesideItsPixels() throws Exception {
    byte[] file = new byte[14 + 124 + 12];
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 'B').put((byte) 'M').putInt(file.length).putInt(0).putInt(138);
    header.putInt(124).putInt(2).putInt(1).putShort((short) 1).putShort((short) 24);
    header.putInt(70, 0x4C49_4E4B).putInt(14 + 112, 124 + 8).putInt(14 + 116, 4);

    assertThat(leftovers(file)).containsExactly("linked-profile");
    assertThat(leftovers(Arrays.copyOf(file, file.length + 40)))
        .containsExactly("linked-profile", "trailing-bytes");
  }

  @Test
  void knowsWhetherThereIsText() {
    Optional<PngChunk> text = ImageMetadata.text("Title", new byte[] {'a', 0, 0});

    assertThat(new ImageMetadata(List.of(text.orElseThrow())).hasText("Title")).isTrue();
    assertThat(new ImageMetadata(List.of(text.orElseThrow())).hasText("Tit")).isFalse();
    assertThat(ImageMetadata.text("Title", new byte[] {0, 0})).isEmpty();
    assertThat(ImageMetadata.text("Title", new byte[] {'a', 0, 'b'})).isEmpty();
    assertThat(ImageMetadata.xmp(new byte[] {(byte) 0xFF, 'a'})).isEmpty();
  }

  private static TiffFiles tiff() {
    return new TiffFiles(DrawnImages.smooth(12, 9, 3, 8), 1);
  }

  private ImageMetadata metadata(byte[] file) throws ImageDecodeException {
    return decoder.decode(file).metadata();
  }

  private List<String> leftovers(byte[] file) throws ImageDecodeException {
    DecodedImage decoded = decoder.decode(file);
    return Leftovers.of(file, decoded.format(), decoded.metadata());
  }
}
