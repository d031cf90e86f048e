package dev.darkroom.compression.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.png.PngFile;
import dev.darkroom.compression.plain.PlainCoder;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BmpArchiveTest {
  private static final int WIDTH = 201;
  private static final int HEIGHT = 150;
  private static final DecodeLimits LIMITS =
      new DecodeLimits(1 << 22, 1 << 24, Duration.ofSeconds(30));
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));

  private final FileRestorer restorer = new FileRestorer(LIMITS, PLAIN);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void keepsIndices(int bits) throws Exception {
    RasterImage indices = indices(bits);
    byte[] file = indexed(indices, bits);

    for (Fidelity fidelity : Fidelity.values()) {
      ArchivedFile row = archiver(fidelity).archive(file);
      RestoredFile restored = restorer.restore(RestoreRequest.of(row));
      if (fidelity == Fidelity.FILE) {
        assertThat(restored.bytes()).isEqualTo(file);
      } else {
        DecodedImage image = new ImageFileDecoder(LIMITS).decode(restored.bytes());
        assertThat(image.raster()).isEqualTo(indices);
        assertThat(image.form().orElseThrow().palette()).hasSize(3 << bits);
      }
      if (bits > 2) {
        assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
      }
    }
    if (bits != 2) {
      BufferedImage expected = ImageIO.read(new ByteArrayInputStream(file));
      RasterImage shown = new ImageFileDecoder(LIMITS).decode(file).shown();
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        assertThat(rgb(shown, i)).isEqualTo(expected.getRGB(i % WIDTH, i / WIDTH) & 0xFFFFFF);
      }
    }
  }

  /** The byte that no viewer shows is kept in the file, and never dropped without a word. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsTheFourthByte(Fidelity fidelity) throws Exception {
    byte[] constant = direct(32, 0, new int[0], (byte) 0);
    byte[] varying = constant.clone();
    varying[54 + 4 * 777 + 3] = 99;

    ArchivedFile plain = archiver(fidelity).archive(constant);
    assertThat(plain.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(plain.image().orElseThrow().shape().channels()).isEqualTo(3);

    ArchivedFile row = archiver(fidelity).archive(varying);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(varying);
    assertThat(row.failure()).isEmpty();
    assertThat(row.status())
        .isEqualTo(fidelity == Fidelity.FILE ? ArchiveStatus.OK : ArchiveStatus.STORED);
    if (fidelity == Fidelity.FILE) {
      PayloadPicture picture =
          PayloadPicture.of(row.payload().orElseThrow().bytes(), PLAIN, LIMITS);
      assertThat(picture.samples().channels()).isEqualTo(3);
    }
  }

  /** Fields of 5, 6, 10 and 11 bits are more, or other, than 8 bits hold. */
  @ParameterizedTest
  @CsvSource({
    "16,0,0,0,0",
    "16,3,f800,7e0,1f",
    "32,3,ffe00000,1ffc00,3ff",
    "32,3,3ff00000,ffc00,3ff"
  })
  void storesWhatEightBitsDoNotHold(int bits, int compression, String r, String g, String b)
      throws Exception {
    int[] masks = {
      Integer.parseUnsignedInt(r, 16),
      Integer.parseUnsignedInt(g, 16),
      Integer.parseUnsignedInt(b, 16)
    };
    byte[] file = direct(bits, compression, compression == 0 ? new int[0] : masks, (byte) 0);

    ArchivedFile row = archiver(Fidelity.PIXELS).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure()).isEmpty();
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  @Test
  void readsFieldsOfFourBits() throws Exception {
    byte[] file = direct(16, 3, new int[] {0xF00, 0xF0, 0xF}, (byte) 0);
    for (int i = 66; i < file.length; i += 2) {
      file[i + 1] &= (byte) 0xF;
    }

    RasterImage raster = new ImageFileDecoder(LIMITS).decode(file).raster();

    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(file));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      assertThat(rgb(raster, i)).isEqualTo(expected.getRGB(i % WIDTH, i / WIDTH) & 0xFFFFFF);
    }
  }

  /** Red, green, blue and alpha wherever masks put them, in headers of every version. */
  @ParameterizedTest
  @CsvSource({
    "40,32,6,ff0000,ff00,ff,ff000000,false",
    "56,32,3,ff000000,ff0000,ff00,ff,false",
    "108,32,3,ff0000,ff00,ff,ff000000,false",
    "124,32,3,ff,ff00,ff0000,ff000000,false",
    "124,32,3,ff0000,ff00,ff,ff000000,true",
    "40,16,6,f00,f0,f,f000,false",
    "108,16,3,f00,f0,f,f000,false",
    "124,16,3,f00,f0,f,f000,true"
  })
  void keepsAlpha(
      int size, int bits, int compression, String r, String g, String b, String a, boolean opaque)
      throws Exception {
    int[] masks = new int[4];
    for (int i = 0; i < 4; i++) {
      masks[i] = Integer.parseUnsignedInt(List.of(r, g, b, a).get(i), 16);
    }
    RasterImage raster = DrawnImages.smooth(WIDTH, HEIGHT, 4, 8);
    byte[] samples = raster.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = opaque && i % 4 == 3 ? (byte) 0xFF : samples[i];
      if (bits == 16) {
        samples[i] = (byte) ((samples[i] & 0xFF) / 17 * 17);
      }
    }
    byte[] file = masked(raster, size, bits, compression, masks, new byte[0]);

    ArchivedFile pixels = archiver(Fidelity.PIXELS).archive(file);
    assertThat(pixels.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(pixels.leftBehind()).isEmpty();
    byte[] png = restorer.restore(RestoreRequest.of(pixels)).bytes();
    assertThat(new ImageFileDecoder(LIMITS).decode(png).raster()).isEqualTo(raster);

    ArchivedFile whole = archiver(Fidelity.FILE).archive(file);
    assertThat(whole.failure()).isEmpty();
    assertThat(restorer.restore(RestoreRequest.of(whole)).bytes()).isEqualTo(file);
  }

  @ParameterizedTest
  @CsvSource({"4,0", "4,24", "5,0", "5,24"})
  void storesOtherFormatsInABitmap(int compression, int bits) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String format = compression == 4 ? "jpg" : "png";
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(ImageIO.write(image, format, out)).isTrue();
    byte[] file = new byte[54 + out.size()];
    header(file, 54, 0, bits, compression).put(out.toByteArray());

    for (Fidelity fidelity : Fidelity.values()) {
      ArchivedFile row = archiver(fidelity).archive(file);

      assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
      assertThat(row.failure()).isEmpty();
      assertThat(row.sourceFormat()).hasValue(ImageFormat.BMP);
      assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
    }
  }

  @Test
  void keepsResolutionAndProfile() throws Exception {
    byte[] profile = "a profile of colours".repeat(20).getBytes(StandardCharsets.US_ASCII);
    int[] masks = {0xFF0000, 0xFF00, 0xFF, 0xFF000000};
    byte[] file = masked(DrawnImages.smooth(WIDTH, HEIGHT, 4, 8), 124, 32, 3, masks, profile);

    ArchivedFile row = archiver(Fidelity.PIXELS).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(row.leftBehind()).isEmpty();
    PngFile png = PngFile.parse(restorer.restore(RestoreRequest.of(row)).bytes());
    assertThat(png.find("pHYs")).hasValue(ImageMetadata.resolution(2835, 2835));
    assertThat(png.find("iCCP")).hasValue(ImageMetadata.iccProfile(profile));
  }

  /** Indices that a palette of 200 colours has no colour for. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsIndicesBeyondThePalette(Fidelity fidelity) throws Exception {
    RasterImage indices = indices(8);
    indices.samples()[777] = (byte) 230;
    byte[] file = indexed(indices, 8);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(46, 200);

    ArchivedFile row = archiver(fidelity).archive(file);

    assertThat(row.failure().orElseThrow().type()).isEqualTo("CORRUPT");
    assertThat(row.status())
        .isEqualTo(fidelity == Fidelity.FILE ? ArchiveStatus.OK : ArchiveStatus.STORED);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  @Test
  void readsRunLengthsAndStoresBrokenOnes() throws Exception {
    BufferedImage image = palette();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("bmp").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionType("BI_RLE8");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    byte[] file = out.toByteArray();

    RasterImage raster = new ImageFileDecoder(LIMITS).decode(file).raster();
    int[] expected = image.getRaster().getPixels(0, 0, WIDTH, HEIGHT, (int[]) null);
    for (int i = 0; i < expected.length; i++) {
      assertThat(raster.samples()[i]).isEqualTo((byte) expected[i]);
    }

    Random random = new Random(4);
    for (int i = 0; i < 60; i++) {
      byte[] broken = file.clone();
      int start = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(10);
      broken[start + 2 * random.nextInt((file.length - start) / 2)] += (byte) 1;
      for (byte[] bad : List.of(broken, Arrays.copyOf(file, file.length - 2 - i))) {
        ArchivedFile row = archiver(Fidelity.PIXELS).archive(bad);
        assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
        assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(bad);
      }
    }
  }

  @Test
  void storesAFileThatIsCutShortWithAWarning() throws Exception {
    byte[] file = direct(24, 0, new int[0], (byte) 0);
    byte[] cut = Arrays.copyOf(file, file.length - 1000);

    ArchivedFile row = archiver(Fidelity.FILE).archive(cut);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure().orElseThrow().type()).isEqualTo("TRUNCATED");
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(cut);
  }

  private static RasterImage indices(int bits) {
    byte[] samples = new byte[WIDTH * HEIGHT];
    RasterImage smooth = DrawnImages.smooth(WIDTH, HEIGHT, 1, 8);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) ((smooth.samples()[i] & 0xFF) >> 8 - bits);
    }
    return new RasterImage(WIDTH, HEIGHT, 1, 8, samples);
  }

  private static byte[] indexed(RasterImage indices, int bits) {
    int stride = (WIDTH * bits + 31) / 32 * 4;
    int start = 54 + (4 << bits);
    byte[] file = new byte[start + stride * HEIGHT];
    ByteBuffer out = header(file, start, stride, bits, 0);
    byte[] colors = new byte[4 << bits];
    new Random(bits).nextBytes(colors);
    out.put(colors);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int at = start + (HEIGHT - 1 - i / WIDTH) * stride + x * bits / 8;
      int shift = 8 - bits - x * bits % 8;
      out.put(at, (byte) (out.get(at) | indices.samples()[i] << shift));
    }
    return file;
  }

  private static byte[] direct(int bits, int compression, int[] masks, byte fourth) {
    int stride = (WIDTH * bits + 31) / 32 * 4;
    int start = 54 + 4 * masks.length;
    byte[] file = new byte[start + stride * HEIGHT];
    ByteBuffer out = header(file, start, stride, bits, compression);
    for (int mask : masks) {
      out.putInt(mask);
    }
    RasterImage smooth = DrawnImages.smooth(WIDTH, HEIGHT, 3, 8);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int at = start + i / WIDTH * stride + i % WIDTH * bits / 8;
      for (int c = 0; c < bits / 8; c++) {
        out.put(at + c, c == 3 ? fourth : smooth.samples()[3 * i + 2 - c]);
      }
    }
    return file;
  }

  /**
   * A bitmap of RGBA samples, each scaled to its mask, with a profile behind it if there is one.
   */
  private static byte[] masked(
      RasterImage raster, int size, int bits, int compression, int[] masks, byte[] profile) {
    int start = 14 + size + (size == 40 ? 16 : 0);
    int stride = (WIDTH * bits + 31) / 32 * 4;
    byte[] file = new byte[start + stride * HEIGHT + profile.length];
    ByteBuffer out = header(file, start, stride, bits, compression).putInt(14, size);
    for (int mask : masks) {
      out.putInt(mask);
    }
    if (profile.length > 0) {
      out.putInt(70, 0x4D42_4544).putInt(126, start - 14 + stride * HEIGHT);
      out.putInt(130, profile.length);
      out.put(start + stride * HEIGHT, profile);
    }
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      long pixel = 0;
      for (int c = 0; c < 4; c++) {
        int shift = Integer.numberOfTrailingZeros(masks[c]);
        long most = (masks[c] & 0xFFFF_FFFFL) >> shift;
        pixel |= (raster.samples()[4 * i + c] & 0xFF) * most / 255 << shift;
      }
      int at = start + (HEIGHT - 1 - i / WIDTH) * stride + i % WIDTH * bits / 8;
      for (int k = 0; k < bits / 8; k++) {
        out.put(at + k, (byte) (pixel >> 8 * k));
      }
    }
    return file;
  }

  private static ByteBuffer header(byte[] file, int start, int stride, int bits, int compression) {
    return ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'B')
        .put((byte) 'M')
        .putInt(start + stride * HEIGHT)
        .putInt(0)
        .putInt(start)
        .putInt(40)
        .putInt(WIDTH)
        .putInt(HEIGHT)
        .putShort((short) 1)
        .putShort((short) bits)
        .putInt(compression)
        .putInt(stride * HEIGHT)
        .putInt(2835)
        .putInt(2835)
        .putInt(0)
        .putInt(0);
  }

  private static BufferedImage palette() {
    byte[] colors = new byte[768];
    new Random(9).nextBytes(colors);
    BufferedImage image =
        new BufferedImage(
            WIDTH,
            HEIGHT,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, colors, 0, false));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, i / 13 % 200);
    }
    return image;
  }

  private static int rgb(RasterImage raster, int pixel) {
    byte[] samples = raster.samples();
    int at = pixel * raster.channels();
    return (samples[at] & 0xFF) << 16 | (samples[at + 1] & 0xFF) << 8 | samples[at + 2] & 0xFF;
  }

  private static FileArchiver archiver(Fidelity fidelity) {
    return new FileArchiver(Profile.FAST, fidelity, LIMITS, PLAIN, PLAIN);
  }
}
