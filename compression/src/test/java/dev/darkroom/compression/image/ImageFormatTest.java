package dev.darkroom.compression.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageFormatTest {
  private final ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);

  /** The beginnings of files that other programs write. */
  static Stream<Arguments> unread() {
    return Stream.of(
        Arguments.of("heic", "\0\0\0\30ftypheic\0\0\0\0mif1heic"),
        Arguments.of("heic", "\0\0\0\30ftypmif1\0\0\0\0mif1heic"),
        Arguments.of("heif", "\0\0\0\24ftypmif1\0\0\0\0miaf"),
        Arguments.of("avif", "\0\0\0\34ftypavif\0\0\0\0avifmif1miaf"),
        Arguments.of("avif", "\0\0\0\34ftypmif1\0\0\0\0avifmif1miaf"),
        Arguments.of("cr3", "\0\0\0\30ftypcrx \0\0\0\1crx isom"),
        Arguments.of("jxl", "\u00ff\n\u00fa\u007f"),
        Arguments.of("jxl", "\0\0\0\fJXL \r\n\u0087\n\0\0\0\24ftypjxl "),
        Arguments.of("jpeg2000", "\0\0\0\fjP  \r\n\u0087\n\0\0\0\24ftypjp2 "),
        Arguments.of("jpeg2000", "\u00ffO\u00ffQ\0/\0\0"),
        Arguments.of("jpegls", "\u00ff\u00d8\u00ff\u00f7\0\13\b\0\20\0\20\1\1\21\0"),
        Arguments.of("jpegls", "\u00ff\u00d8\u00ff\u00e0\0\4ab\u00ff\u00f7\0\13\b\0\20\0\20\1\1"),
        Arguments.of("jxr", "II\u00bc\1 \0\0\0"),
        Arguments.of("bigtiff", "II+\0\b\0\0\0\20\0\0\0\0\0\0\0"),
        Arguments.of("bigtiff", "MM\0+\0\b\0\0\0\0\0\0\0\0\0\20"),
        Arguments.of("cr2", "II*\0\20\0\0\0CR\2\0"),
        Arguments.of("orf", "IIRO\b\0\0\0"),
        Arguments.of("rw2", "IIU\0\30\0\0\0"),
        Arguments.of("raf", "FUJIFILMCCD-RAW 0201"),
        Arguments.of("crw", "II\32\0\0\0HEAPCCDR"),
        Arguments.of("icns", "icns\0\0\1\0"),
        Arguments.of("psd", "8BPS\0\1\0\0"),
        Arguments.of("xcf", "gimp xcf v011"),
        Arguments.of("dds", "DDS |\0\0\0"),
        Arguments.of("qoi", "qoif\0\0\0\20\0\0\0\20\3\0"),
        Arguments.of("exr", "v/1\1\2\0\0\0"),
        Arguments.of("hdr", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n"),
        Arguments.of("pnm", "P6\n2 2\n255\n0123456789ab"),
        Arguments.of("pnm", "P4\t8 1\n\1"),
        Arguments.of("pfm", "PF\n2 2\n-1.0\n"),
        Arguments.of("svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9'/>"),
        Arguments.of("svg", "<?xml version='1.0'?>\n<!-- drawn -->\n<svg:svg width='9'/>"),
        Arguments.of("sgi", "\1\u00da\1\1\0\3"),
        Arguments.of("farbfeld", "farbfeld\0\0\0\1"),
        Arguments.of("djvu", "AT&TFORM\0\0\0\1DJVU"),
        Arguments.of("wmf", "\u00d7\u00cd\u00c6\u009a\0\0"),
        Arguments.of("xpm", "/* XPM */\nstatic char *x[] = {"),
        Arguments.of("fits", "SIMPLE  =                    T"));
  }

  @ParameterizedTest
  @MethodSource("unread")
  void knowsFormatsThatAreNotRead(String id, String latin1) {
    assertUnread(id, latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void knowsFormatsByTheirStructure() {
    byte[] icon = icon(1);
    assertUnread("ico", icon);
    assertUnread("cur", icon(2));
    icon[18] = 99;
    assertThat(ImageFormat.sniff(icon)).isEmpty();

    byte[] tga = new byte[60];
    byte[] footer = "TRUEVISION-XFILE.\0".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(footer, 0, tga, tga.length - footer.length, footer.length);
    assertUnread("tga", tga);

    byte[] pcx = Arrays.copyOf(new byte[] {10, 5, 1, 8}, 140);
    assertUnread("pcx", pcx);

    byte[] dicom = new byte[140];
    System.arraycopy("DICM".getBytes(StandardCharsets.ISO_8859_1), 0, dicom, 128, 4);
    assertUnread("dicom", dicom);
  }

  @Test
  void tellsDngFromTiff() {
    ByteBuffer tiff =
        ByteBuffer.allocate(40)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {'I', 'I', 42, 0})
            .putInt(8)
            .putShort((short) 1)
            .putShort((short) 50_706)
            .putShort((short) 1)
            .putInt(4)
            .putInt(0x0401);
    assertUnread("dng", tiff.array());
    tiff.putShort(10, (short) 256);
    assertThat(ImageFormat.sniff(tiff.array())).hasValue(ImageFormat.TIFF);
  }

  static Stream<Arguments> noImages() {
    return Stream.of(
        Arguments.of("a ZIP archive", "PK\3\4____"),
        Arguments.of("a PDF document", "%PDF-1.7"),
        Arguments.of("gzip data", "\u001f\u008b\b"),
        Arguments.of("JSON", "{\"caption\": \"a cat\"}"),
        Arguments.of("text", "a cat on a mat"),
        Arguments.of("an MP4 or QuickTime video", "\0\0\0\30ftypisom\0\0\0\0isommp42"));
  }

  @ParameterizedTest
  @MethodSource("noImages")
  void saysWhatIsNoImage(String what, String latin1) {
    byte[] file = latin1.getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ImageFormat.sniff(file)).isEmpty();
    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessage("the file is " + what + ", no image")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.NOT_AN_IMAGE, ImageDecodeException::type);
  }

  @Test
  void saysThatAFileIsEmpty() {
    assertThatThrownBy(() -> decoder.decode(new byte[0]))
        .hasMessage("the file is empty")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.NOT_AN_IMAGE, ImageDecodeException::type);
  }

  @ParameterizedTest
  @CsvSource({
    "193,12,is not read: it has 12 bits a sample",
    "201,8,is not read: it is arithmetically coded",
    "197,8,is not read: it is hierarchical",
    "192,8,is not read: its height stands behind its first scan"
  })
  void saysWhichKindOfJpegIsNotRead(int marker, int precision, String message) {
    int height = marker == 192 ? 0 : 16;
    byte[] file = {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) marker,
      0,
      11,
      (byte) precision,
      0,
      (byte) height,
      0,
      16,
      1,
      1,
      0x11,
      0
    };
    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessageContaining(message)
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.UNSUPPORTED, ImageDecodeException::type);
  }

  private void assertUnread(String id, byte[] file) {
    ImageFormat format = ImageFormat.sniff(file).orElseThrow();
    assertThat(format.id()).isEqualTo(id);
    assertThat(format.isDecoded()).isFalse();
    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessage(format.title() + " is not read; its bytes are kept")
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.UNSUPPORTED, ImageDecodeException::type);
  }

  private static byte[] icon(int kind) {
    return ByteBuffer.allocate(40)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0)
        .putShort((short) kind)
        .putShort((short) 1)
        .put(new byte[] {16, 16, 0, 0, 1, 0, 32, 0})
        .putInt(18)
        .putInt(22)
        .array();
  }
}
