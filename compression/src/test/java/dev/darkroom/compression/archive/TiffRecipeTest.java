package dev.darkroom.compression.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.CodecException;
import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.Sha256;
import dev.darkroom.compression.TiffFiles;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.png.PngFile;
import dev.darkroom.compression.plain.PlainCoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffRecipeTest {
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));
  private static final FileRestorer RESTORER = new FileRestorer(DecodeLimits.DEFAULT, PLAIN);

  @Provide
  Arbitrary<int[]> compressions() {
    return Arbitraries.of(
        new int[] {1, 0},
        new int[] {8, 1},
        new int[] {8, 6},
        new int[] {32_946, 9},
        new int[] {5, 4094},
        new int[] {5, 700});
  }

  @Property(tries = 150)
  void givesBackSamplesAndFilesHoweverTheyLie(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 50) int height,
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll boolean deep,
      @ForAll boolean bigEndian,
      @ForAll boolean planes,
      @ForAll boolean predictor,
      @ForAll boolean inverted,
      @ForAll boolean noisy,
      @ForAll("compressions") int[] compression,
      @ForAll @IntRange(min = 0, max = 60) int cut,
      @ForAll @IntRange(min = 0, max = 40) int tail,
      @ForAll long seed)
      throws Exception {
    int depth = deep ? 16 : 8;
    RasterImage raster =
        noisy
            ? DrawnImages.noise(width, height, channels, depth, seed)
            : DrawnImages.smooth(width, height, channels, depth);
    TiffFiles writer =
        new TiffFiles(raster, seed)
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .compression(compression[0], compression[1])
            .predictor(predictor && compression[0] != 1)
            .planes(planes)
            .scattered(seed % 2 == 0)
            .photometric(channels > 2 ? 2 : inverted ? 0 : 1)
            .behind(new byte[tail]);
    if (cut > 30) {
      writer.tiles(16 * (cut % 4 + 1), 16);
    } else if (cut > 0) {
      writer.strips(cut);
    }
    byte[] file = writer.write();

    // bytes behind the image keep a file from being one raster, not from being rebuilt
    ImageFileDecoder decoder = new ImageFileDecoder(DecodeLimits.DEFAULT);
    DecodedImage decoded = tail < 16 ? decoder.decode(file) : decoder.salvage(file).orElseThrow();

    assertThat(decoded.raster()).isEqualTo(raster);
    assertRebuilds(file, raster);
  }

  @Property(tries = 50)
  void givesBackSamplesOfFewBits(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 0, max = 3) int size,
      @ForAll boolean palette,
      @ForAll boolean tiled,
      @ForAll("compressions") int[] compression,
      @ForAll long seed)
      throws Exception {
    int bits = 1 << (palette ? size : Math.min(size, 2));
    RasterImage noise = DrawnImages.noise(width, height, 1, 8, seed);
    for (int i = 0; i < noise.samples().length; i++) {
      noise.samples()[i] &= (byte) ((1 << bits) - 1);
    }
    TiffFiles writer =
        new TiffFiles(noise, seed).bits(bits).compression(compression[0], compression[1]);
    if (palette) {
      int[] colors = new int[3 << bits];
      for (int i = 0; i < colors.length; i++) {
        colors[i] = i * 7 % 256 * 257;
      }
      writer.photometric(3).field(320, TiffFiles.SHORT, colors);
    }
    if (tiled) {
      writer.tiles(16, 16);
    }
    byte[] file = writer.write();

    DecodedImage decoded = new ImageFileDecoder(DecodeLimits.DEFAULT).decode(file);

    assertThat(decoded.raster()).isEqualTo(noise);
    assertThat(decoded.form().orElseThrow().isPalette()).isEqualTo(palette);
    if (palette) {
      int index = noise.samples()[0] & 0xFF;
      assertThat(decoded.shown().samples()[1] & 0xFF).isEqualTo(((1 << bits) + index) * 7 % 256);
    }
    assertRebuilds(file, noise);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libtiff-lzw-difference",
        "libtiff-lzw-planes-big",
        "libtiff-lzw-ratio",
        "libtiff-lzw-tiles",
        "libtiff-packbits",
        "libtiff-tiles",
        "magick-grey4-lzw",
        "magick-packbits",
        "magick-palette-lzw",
        "magick-white-lzw",
        "pillow-deflate-difference",
        "pillow-palette-deflate",
        "pillow-rgba-lzw",
        "tifffile-lzw-tiles-big"
      })
  void rebuildsFilesOfOtherWritersAndReadsThemAsTifffileDoes(String name) throws Exception {
    byte[] file = read("/tiff/" + name + ".tif");
    RasterImage raster =
        new ImageFileDecoder(DecodeLimits.DEFAULT).salvage(file).orElseThrow().raster();
    String expected =
        new String(read("/tiff/samples.tsv"), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith(name + "."))
            .findFirst()
            .orElseThrow();

    assertThat(
            "%s.tif\t%d\t%d\t%d\t%d\t%s"
                .formatted(
                    name,
                    raster.width(),
                    raster.height(),
                    raster.channels(),
                    raster.bitDepth(),
                    Sha256.of(raster.samples()).toHex()))
        .isEqualTo(expected);
    assertRebuilds(file, raster);
  }

  @Test
  void keepsSegmentsOfAnUnknownWriterWithTheRest() throws Exception {
    RasterImage raster = DrawnImages.smooth(60, 40, 3, 8);
    byte[] file = new TiffFiles(raster, 1).compression(32_773, 0).strips(10).write();

    // no writer known packs all bytes as literals, so that no segment is made again
    assertThat(TiffRecipe.of(file, raster)).isEmpty();
    ArchivedFile row = archive(file, Fidelity.FILE);
    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(restore(row)).isEqualTo(file);
    assertThat(archive(file, Fidelity.PIXELS).status()).isEqualTo(ArchiveStatus.OK);
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsWhatLiesBesideTheFirstRaster(Fidelity fidelity) throws Exception {
    RasterImage raster = DrawnImages.smooth(100, 80, 3, 8);
    RasterImage grey = DrawnImages.smooth(100, 80, 1, 16);
    byte[] stack = "ImageJ=1.53k\nimages=10\nslices=10\n".getBytes(StandardCharsets.US_ASCII);
    byte[] frames = new byte[9 * grey.samples().length];
    for (byte[] file :
        List.of(
            writer(raster).field(330, TiffFiles.LONG, 8).write(),
            writer(raster).next(8).write(),
            writer(raster).next(1 << 30).write(),
            writer(raster)
                .behind("not an image".repeat(9).getBytes(StandardCharsets.US_ASCII))
                .write(),
            writer(grey).field(270, TiffFiles.ASCII, stack).behind(frames).write(),
            writer(grey).field(270, TiffFiles.ASCII, stack).write(),
            writer(grey).behind(frames).write())) {
      ArchivedFile row = archive(file, fidelity);

      assertThat(row.status())
          .isEqualTo(fidelity == Fidelity.FILE ? ArchiveStatus.OK : ArchiveStatus.STORED);
      assertThat(row.failure()).isEmpty();
      assertThat(row.leftBehind()).isEmpty();
      assertThat(restore(row)).isEqualTo(file);
    }
  }

  @Test
  void tellsWhatPixelsLeaveBehindAndFilesDoNot() throws Exception {
    byte[] file =
        writer(DrawnImages.smooth(100, 80, 3, 8))
            .field(33_550, TiffFiles.BYTE, new byte[24])
            .write();

    ArchivedFile pixels = archive(file, Fidelity.PIXELS);
    ArchivedFile whole = archive(file, Fidelity.FILE);

    assertThat(pixels.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(pixels.leftBehind()).containsExactly("geotiff");
    assertThat(whole.leftBehind()).isEmpty();
    assertThat(restore(whole)).isEqualTo(file);
  }

  /** What a camera, a scanner and a microscope say, in the chunks of the PNG that comes back. */
  @Test
  void restoresWhatFilesSayInPngsTerms() throws Exception {
    String ome = "<?xml version=\"1.0\"?><OME><Image ID=\"Image:0\"/></OME>";
    TiffFiles described =
        writer(DrawnImages.smooth(100, 80, 3, 8))
            .field(270, TiffFiles.ASCII, text(ome))
            .field(274, TiffFiles.SHORT, 6)
            .field(282, TiffFiles.RATIONAL, 300, 1)
            .field(283, TiffFiles.RATIONAL, 300, 1)
            .field(296, TiffFiles.SHORT, 2)
            .field(315, TiffFiles.ASCII, text("An artist"))
            .field(700, TiffFiles.BYTE, "<x:xmpmeta/>".getBytes(StandardCharsets.US_ASCII))
            .field(33_432, TiffFiles.ASCII, text("No rights reserved"))
            .field(34_853, TiffFiles.LONG, 8);
    int length = described.write().length;
    // north, as text of one letter
    byte[] gps =
        ByteBuffer.allocate(18)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) 1)
            .putShort((short) 1)
            .putShort((short) 2)
            .putInt(2)
            .putInt('N')
            .array();
    byte[] file = described.field(34_853, TiffFiles.LONG, length).behind(gps).write();

    ArchivedFile row = archive(file, Fidelity.PIXELS);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(row.leftBehind()).isEmpty();
    PngFile png = PngFile.parse(restore(row));
    assertThat(png.find("pHYs")).hasValue(ImageMetadata.resolution(11_811, 11_811));
    assertThat(png.find("iTXt").map(chunk -> latin1(chunk.data())))
        .hasValue("XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>");
    assertThat(
            png.chunks().stream()
                .filter(chunk -> chunk.type().equals("tEXt"))
                .map(chunk -> latin1(chunk.data())))
        .containsExactly(
            "Description\0" + ome, "Author\0An artist", "Copyright\0No rights reserved");
    ByteBuffer exif =
        ByteBuffer.wrap(png.find("eXIf").orElseThrow().data()).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(exif.getInt(valueOf(exif, 8, 274)) & 0xFFFF).isEqualTo(6);
    assertThat(textOf(exif, 315)).isEqualTo("An artist\0");
    assertThat(textOf(exif, 33_432)).isEqualTo("No rights reserved\0");
    int directory = exif.getInt(valueOf(exif, 8, 34_853));
    assertThat(exif.getInt(valueOf(exif, directory, 1))).isEqualTo('N');
  }

  /** A thumbnail first, and the 16-bit raster of a camera in a directory below it. */
  @Test
  void keepsTheRasterBelowAThumbnail() throws Exception {
    TiffFiles thumbnail =
        new TiffFiles(DrawnImages.smooth(40, 30, 3, 8), 3).field(254, TiffFiles.LONG, 1);
    int length = thumbnail.field(330, TiffFiles.LONG, 8).write().length;
    byte[] raw = DrawnImages.smooth(160, 120, 1, 16).samples();
    byte[] below = directory(length + 2 + 12 * 10 + 4, 160, 120, 16, 32_803, 1, raw);
    byte[] file = thumbnail.field(330, TiffFiles.LONG, length).behind(below).write();

    for (Fidelity fidelity : Fidelity.values()) {
      ArchivedFile row = archive(file, fidelity);
      assertThat(row.failure()).isEmpty();
      assertThat(row.leftBehind()).isEmpty();
      assertThat(restore(row)).isEqualTo(file);
      if (fidelity == Fidelity.PIXELS) {
        assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"32,PIXELS", "32,FILE", "64,PIXELS", "64,FILE"})
  void storesRealNumbers(int bits, Fidelity fidelity) throws Exception {
    ByteBuffer values = ByteBuffer.allocate(50 * 40 * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 50 * 40; i++) {
      if (bits == 32) {
        values.putFloat(i / 7f);
      } else {
        values.putDouble(i / 7.0);
      }
    }
    byte[] directory = directory(8 + 2 + 12 * 10 + 4, 50, 40, bits, 1, 3, values.array());
    byte[] file =
        ByteBuffer.allocate(8 + directory.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {'I', 'I', 42, 0})
            .putInt(8)
            .put(directory)
            .array();

    ArchivedFile row = archive(file, fidelity);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure()).isEmpty();
    assertThat(row.sourceFormat()).hasValue(ImageFormat.TIFF);
    assertThat(restore(row)).isEqualTo(file);
  }

  /** A directory of one strip, in little-endian order, with the strip's bytes behind it. */
  private static byte[] directory(
      int strip, int width, int height, int bits, int photometric, int format, byte[] samples) {
    int[][] fields = {
      {256, width},
      {257, height},
      {258, bits},
      {259, 1},
      {262, photometric},
      {273, strip},
      {277, 1},
      {278, height},
      {279, samples.length},
      {339, format}
    };
    ByteBuffer out =
        ByteBuffer.allocate(2 + 12 * fields.length + 4 + samples.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) fields.length);
    for (int[] field : fields) {
      out.putShort((short) field[0]).putShort((short) TiffFiles.LONG).putInt(1).putInt(field[1]);
    }
    return out.putInt(0).put(samples).array();
  }

  /** Where the value of a field stands in its entry. */
  private static int valueOf(ByteBuffer exif, int directory, int tag) {
    for (int i = 0; i < exif.getShort(directory); i++) {
      int entry = directory + 2 + 12 * i;
      if ((exif.getShort(entry) & 0xFFFF) == tag) {
        return entry + 8;
      }
    }
    throw new AssertionError("there is no field " + tag);
  }

  private static String textOf(ByteBuffer exif, int tag) {
    int value = valueOf(exif, 8, tag);
    byte[] text = new byte[exif.getInt(value - 4)];
    exif.get(exif.getInt(value), text);
    return latin1(text);
  }

  private static byte[] text(String ascii) {
    return (ascii + '\0').getBytes(StandardCharsets.US_ASCII);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A payload of the first release, whose recipe is one for samples that lie open. */
  @Test
  void restoresArchivesOfTheFirstRelease() throws Exception {
    byte[] payload = read("/golden/v1-sample-recipe-tiff.drk");
    Sha256 file =
        Sha256.fromHex("1a2081aa40bc9f4c803655afa33f6f04378c8be86c64161ae566ddcc0f897450");
    Sha256 pixels =
        Sha256.fromHex("eac6b701323a22e143d6456adfb5fd4ee5607c735afd30be329e9391ffe49518");

    RestoredFile restored =
        RESTORER.restore(
            new RestoreRequest(
                ArchiveCodec.IFLOW,
                payload,
                Optional.of(ImageFormat.TIFF),
                file,
                Optional.of(pixels)));

    assertThat(restored.original()).isTrue();
    assertThat(restored.bytes()).hasSize(6240);
    assertThat(Sha256.of(restored.bytes())).isEqualTo(file);
  }

  private static TiffFiles writer(RasterImage raster) {
    return new TiffFiles(raster, 3).compression(5, 4094).strips(16);
  }

  private static void assertRebuilds(byte[] file, RasterImage raster) throws CodecException {
    byte[] block = ArchiveBlock.of(TiffRecipe.of(file, raster).orElseThrow());
    FileRecipe recipe = ArchiveBlock.recipe(block).orElseThrow();
    assertThat(recipe).isInstanceOf(TiffRecipe.class);
    assertThat(recipe.rebuild(raster, file.length)).isEqualTo(file);
  }

  private static ArchivedFile archive(byte[] file, Fidelity fidelity) {
    return new FileArchiver(Profile.FAST, fidelity, DecodeLimits.DEFAULT, PLAIN, PLAIN)
        .archive(file);
  }

  private static byte[] restore(ArchivedFile row) throws CodecException {
    return RESTORER.restore(RestoreRequest.of(row)).bytes();
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = TiffRecipeTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
