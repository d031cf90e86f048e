package dev.darkroom.compression.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.InstalledCoders;
import dev.darkroom.compression.Profile;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.deflate.DeflateSettings;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.ImageMetadata;
import dev.darkroom.compression.image.SampleForm;
import dev.darkroom.compression.image.png.OddPng;
import dev.darkroom.compression.image.png.PngChunk;
import dev.darkroom.compression.image.png.PngFile;
import dev.darkroom.compression.image.png.PngLeftovers;
import dev.darkroom.compression.image.png.PngLines;
import dev.darkroom.compression.image.png.PngWriter;
import dev.darkroom.compression.plain.PlainCoder;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngArchiveTest {
  private static final DecodeLimits LIMITS =
      new DecodeLimits(1 << 22, 1 << 24, Duration.ofSeconds(30));
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));
  private static final byte[] LABELS = {0, 1, 7, (byte) 200, (byte) 255};

  private final FileRestorer restorer = new FileRestorer(LIMITS, PLAIN);
  private final ImageFileDecoder decoder = new ImageFileDecoder(LIMITS);

  /** Whatever is wrong with a file whose rows are there, a recipe that is found rebuilds it. */
  @Property(tries = 500)
  void rebuildsOddFiles(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(max = 14) int kind,
      @ForAll boolean interlaced,
      @ForAll long seed)
      throws Exception {
    byte[] file = OddPng.odd(kind, width, height, interlaced, seed);
    Optional<DecodedImage> image = decoder.salvage(file);
    assertThat(image).isPresent();

    Optional<WritableRecipe> recipe = FileRecipes.of(file, ImageFormat.PNG, image.get().raster());

    assertThat(recipe).isPresent();
    byte[] block = ArchiveBlock.of(recipe.get());
    byte[] rebuilt =
        ArchiveBlock.recipe(block).orElseThrow().rebuild(image.get().raster(), LIMITS.maxBytes());
    assertThat(rebuilt).isEqualTo(file);
  }

  @Property(tries = 200)
  void keepsEveryFileUnderFile(
      @ForAll @IntRange(min = 1, max = 60) int size,
      @ForAll @IntRange(max = 14) int kind,
      @ForAll boolean interlaced,
      @ForAll long seed)
      throws Exception {
    byte[] file = OddPng.odd(kind, size, size, interlaced, seed);
    if (new Random(seed).nextInt(3) == 0) {
      file[new Random(seed).nextInt(file.length)] ^= (byte) (1 << (seed & 7));
    }

    ArchivedFile row = archiver(Fidelity.FILE).archive(file);

    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  /** Samples, palette and transparency of all kinds come back under {@code pixels}. */
  @Property(tries = 200)
  void keepsNumbersUnderPixels(
      @ForAll @IntRange(min = 30, max = 60) int size,
      @ForAll @IntRange(max = 14) int kind,
      @ForAll boolean interlaced,
      @ForAll long seed)
      throws Exception {
    byte[] file = OddPng.sound(kind, size, size, interlaced, seed);
    DecodedImage before = decoder.decode(file);

    Optional<byte[]> block = ArchiveBlock.of(before.raster(), before.form(), before.metadata());
    Optional<SampleForm> form =
        block.isPresent() ? ArchiveBlock.form(block.get(), before.raster()) : Optional.empty();
    DecodedImage after = decoder.decode(PngWriter.write(before.raster(), form, before.metadata()));

    assertThat(after).isEqualTo(before);
    assertThat(PngFile.parse(file).find("PLTE"))
        .isEqualTo(form.filter(SampleForm::isPalette).map(f -> new PngChunk("PLTE", f.palette())));
  }

  /** An odd file is kept as it is, or its samples are and the rest is told. */
  @Property(tries = 300)
  void keepsOrTellsWhatIsOddUnderPixels(
      @ForAll @IntRange(min = 30, max = 90) int size,
      @ForAll @IntRange(max = 14) int kind,
      @ForAll boolean interlaced,
      @ForAll long seed)
      throws Exception {
    byte[] file = OddPng.odd(kind, size, size, interlaced, seed);

    ArchivedFile row = archiver(Fidelity.PIXELS).archive(file);

    RestoredFile restored = restorer.restore(RestoreRequest.of(row));
    if (row.status() == ArchiveStatus.STORED) {
      assertThat(restored.bytes()).isEqualTo(file);
      assertThat(row.leftBehind()).isEmpty();
      return;
    }
    DecodedImage before = decoder.decode(file);
    DecodedImage after = decoder.decode(restored.bytes());
    assertThat(row.failure()).isEmpty();
    assertThat(after.raster()).isEqualTo(before.raster());
    assertThat(after.form()).isEqualTo(before.form());
    PngFile png = PngFile.parse(file);
    assertThat(after.metadata().chunks().stream().filter(c -> c.type().equals("prVt")))
        .containsExactlyElementsOf(
            png.chunks().stream().filter(c -> c.type().equals("prVt")).toList());
    boolean extra = png.end() < file.length || unusedData(png) > 0;
    assertThat(row.leftBehind())
        .isEqualTo(extra ? List.of(PngLeftovers.TRAILING_BYTES) : List.of());
  }

  @Test
  void keepsLabelsWhosePaletteIsBlack() throws Exception {
    RasterImage labels = labels(300, 200);
    SampleForm black = new SampleForm(8, new byte[768], new byte[0]);
    byte[] file = PngWriter.write(labels, Optional.of(black), ImageMetadata.NONE);

    for (Fidelity fidelity : Fidelity.values()) {
      ArchivedFile row = archiver(fidelity).archive(file);
      assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
      RestoredFile restored = restorer.restore(RestoreRequest.of(row));

      BufferedImage image = ImageIO.read(new ByteArrayInputStream(restored.bytes()));
      assertThat(image.getColorModel()).isInstanceOf(IndexColorModel.class);
      int[] indices = image.getRaster().getPixels(0, 0, 300, 200, (int[]) null);
      for (int i = 0; i < indices.length; i++) {
        assertThat((byte) indices[i]).isEqualTo(labels.samples()[i]);
      }
      PayloadPicture picture =
          PayloadPicture.of(row.payload().orElseThrow().bytes(), PLAIN, LIMITS);
      assertThat(picture.samples()).isEqualTo(labels);
      assertThat(picture.form()).hasValue(black);
    }
  }

  @Test
  void keepsAKeyOfTransparencyAsItIs() throws Exception {
    RasterImage raster = DrawnImages.smooth(120, 90, 3, 8);
    SampleForm key = new SampleForm(8, new byte[0], new byte[] {0, 9, 0, 8, 0, 7});
    byte[] file = PngWriter.write(raster, Optional.of(key), ImageMetadata.NONE);

    ArchivedFile row = archiver(Fidelity.PIXELS).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    DecodedImage restored = decoder.decode(restorer.restore(RestoreRequest.of(row)).bytes());
    assertThat(restored.raster()).isEqualTo(raster);
    assertThat(restored.form()).hasValue(key);
  }

  @Test
  void keepsChunksThatMayBeCopiedAndNamesTheOthers() throws Exception {
    byte[] plain = PngWriter.write(DrawnImages.smooth(120, 90, 3, 8), ImageMetadata.NONE);
    PngFile png = PngFile.parse(plain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, PngFile.SIGNATURE_BYTES);
    PngWriter.writeChunk(out, png.chunks().get(0));
    List<String> kept =
        List.of("sBIT", "bKGD", "oFFs", "vpAg", "sPLT", "sTER", "grAb", "npTc", "abCd");
    for (String type : kept) {
      PngWriter.writeChunk(out, chunk(type));
    }
    PngWriter.writeChunk(out, chunk("caBX"));
    PngWriter.writeChunk(out, chunk("mkBT"));
    PngWriter.writeChunk(out, png.find("IDAT").orElseThrow());
    PngWriter.writeChunk(out, new PngChunk("IEND", new byte[0]));
    out.writeBytes("appended".getBytes(StandardCharsets.US_ASCII));
    byte[] file = out.toByteArray();

    ArchivedFile row = archiver(Fidelity.PIXELS).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    PngFile restored = PngFile.parse(restorer.restore(RestoreRequest.of(row)).bytes());
    for (String type : kept) {
      assertThat(restored.find(type)).hasValue(chunk(type));
    }
    assertThat(row.leftBehind())
        .containsExactly(PngLeftovers.PRIVATE_CHUNKS, PngLeftovers.TRAILING_BYTES);
    assertThat(PngLeftovers.of(plain)).isEmpty();
  }

  @Test
  void tellsWhatPixelsLeaveBehind() throws Exception {
    byte[] plain = PngWriter.write(DrawnImages.smooth(120, 90, 3, 8), ImageMetadata.NONE);
    assertLeft(insert(plain, 1, chunk("mkBT")), PngLeftovers.PRIVATE_CHUNKS);
    assertLeft(insert(plain, 1, chunk("dSIG")), PngLeftovers.SIGNATURE);
    assertLeft(insert(plain, 1, new PngChunk("PLTE", new byte[30])), "suggested-palette");
    List<PngChunk> chunks = new ArrayList<>(PngFile.parse(plain).chunks());
    byte[] data = chunks.get(1).data();
    chunks.set(1, new PngChunk("IDAT", Arrays.copyOf(data, data.length + 20)));
    assertLeft(write(chunks), PngLeftovers.TRAILING_BYTES);
  }

  /** Animations, Apple's variant, and what the specification forbids. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsFilesThatAreNoPlainPng(Fidelity fidelity) throws Exception {
    RasterImage labels = DrawnImages.smooth(100, 80, 1, 8);
    for (int i = 0; i < labels.samples().length; i++) {
      labels.samples()[i] = (byte) ((labels.samples()[i] & 0xFF) / 13);
    }
    byte[] color = PngWriter.write(DrawnImages.smooth(100, 80, 3, 8), ImageMetadata.NONE);
    byte[] grey = PngWriter.write(labels, ImageMetadata.NONE);
    byte[] colors = new byte[768];
    new Random(2).nextBytes(colors);
    byte[] indexed =
        PngWriter.write(
            labels, Optional.of(new SampleForm(8, colors, new byte[0])), ImageMetadata.NONE);
    List<PngChunk> few = new ArrayList<>(PngFile.parse(indexed).chunks());
    few.set(1, new PngChunk("PLTE", new byte[17 * 3]));
    byte[] beyond = write(few);
    few.set(2, new PngChunk("tRNS", new byte[256]));
    few.add(3, PngFile.parse(indexed).find("IDAT").orElseThrow());

    assertKept(fidelity, insert(color, 1, new PngChunk("acTL", new byte[8])), Optional.empty());
    assertKept(fidelity, insert(color, 0, chunk("CgBI")), Optional.of("UNSUPPORTED"));
    assertKept(
        fidelity, insert(grey, 1, new PngChunk("PLTE", new byte[48])), Optional.of("CORRUPT"));
    assertKept(fidelity, beyond, Optional.of("CORRUPT"));
    assertKept(fidelity, write(few), Optional.of("CORRUPT"));
    byte[] late = new byte[color.length + 1];
    late[0] = '\n';
    System.arraycopy(color, 0, late, 1, color.length);
    assertKept(fidelity, late, Optional.of("NOT_AN_IMAGE"));
  }

  /** A palette of more entries than its indices have numbers for. */
  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsAPaletteThatIsTooLong(Fidelity fidelity) throws Exception {
    List<PngChunk> chunks =
        new ArrayList<>(PngFile.parse(OddPng.sound(9, 60, 60, false, 4)).chunks());
    assertThat(chunks.get(1).data()).hasSize(48);
    chunks.set(1, new PngChunk("PLTE", new byte[51]));
    assertKept(fidelity, write(chunks), Optional.of("CORRUPT"));
  }

  private void assertLeft(byte[] file, String name) throws Exception {
    ArchivedFile pixels = archiver(Fidelity.PIXELS).archive(file);
    assertThat(pixels.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(pixels.leftBehind()).containsExactly(name);
    DecodedImage restored = decoder.decode(restorer.restore(RestoreRequest.of(pixels)).bytes());
    assertThat(restored.raster()).isEqualTo(decoder.decode(file).raster());

    ArchivedFile whole = archiver(Fidelity.FILE).archive(file);
    assertThat(whole.leftBehind()).isEmpty();
    assertThat(restorer.restore(RestoreRequest.of(whole)).bytes()).isEqualTo(file);
  }

  private void assertKept(Fidelity fidelity, byte[] file, Optional<String> failure)
      throws Exception {
    WholeFiles.assertKept(archiver(fidelity).archive(file), fidelity, file, failure, restorer);
  }

  private static byte[] insert(byte[] png, int index, PngChunk chunk) throws Exception {
    List<PngChunk> chunks = new ArrayList<>(PngFile.parse(png).chunks());
    chunks.add(index, chunk);
    return write(chunks);
  }

  private static byte[] write(List<PngChunk> chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    chunks.forEach(chunk -> PngWriter.writeChunk(out, chunk));
    return out.toByteArray();
  }

  /** Bytes in the IDAT chunks behind the end of the zlib stream. */
  private static int unusedData(PngFile png) throws Exception {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(png.compressedLines());
      byte[] buffer = new byte[4096];
      while (!inflater.finished() && !inflater.needsInput()) {
        inflater.inflate(buffer);
      }
      return inflater.getRemaining();
    } finally {
      inflater.end();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9})
  void rebuildsFilesOfOtherLevels(int level) throws Exception {
    RasterImage raster = DrawnImages.smooth(300, 260, 3, 8);
    byte[] file = withData(raster, lines -> javaDeflate(lines, level));

    ArchivedFile row = archiver(Fidelity.FILE).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  /** libpng tells of a smaller window than it has used, where that is enough. */
  @Test
  void rebuildsFilesWhoseWindowIsSmallerThanUsed() throws Exception {
    RasterImage raster = DrawnImages.smooth(60, 40, 3, 8);
    byte[] file =
        withData(
            raster,
            lines -> new ZlibSettings(new DeflateSettings(9, 1, 8, 15), 0x58_85).compress(lines));

    ArchivedFile row = archiver(Fidelity.FILE).archive(file);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
  }

  @Test
  void codesADamagedFileWithAWarning() throws Exception {
    byte[] file = PngWriter.write(DrawnImages.smooth(120, 90, 3, 8), ImageMetadata.NONE);
    byte[] noEnd = Arrays.copyOf(file, file.length - 12);

    ArchivedFile row = archiver(Fidelity.FILE).archive(noEnd);

    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(row.failure().orElseThrow().type()).isEqualTo("TRUNCATED");
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(noEnd);
    ArchivedFile pixels = archiver(Fidelity.PIXELS).archive(noEnd);
    assertThat(pixels.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(pixels.failure().orElseThrow().type()).isEqualTo("TRUNCATED");
  }

  @Test
  void storesAFileWhoseRowsAreNotAllThere() throws Exception {
    byte[] file = PngWriter.write(DrawnImages.smooth(120, 90, 3, 8), ImageMetadata.NONE);
    byte[] half = Arrays.copyOf(file, file.length / 2);

    ArchivedFile row = archiver(Fidelity.FILE).archive(half);

    assertThat(row.status()).isEqualTo(ArchiveStatus.STORED);
    assertThat(row.failure().orElseThrow().type()).isEqualTo("TRUNCATED");
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(half);
  }

  /** A picture of a payload with a palette shows its colours, in every coder's hands. */
  @Test
  void showsThePaletteOfAPayload() throws Exception {
    byte[] colors = new byte[768];
    new Random(5).nextBytes(colors);
    SampleForm form = new SampleForm(8, colors, new byte[] {0, 127});
    byte[] file = PngWriter.write(labels(300, 200), Optional.of(form), ImageMetadata.NONE);
    ArchivedFile row = new FileArchiver(Profile.FAST, Fidelity.FILE, LIMITS).archive(file);

    byte[] png =
        PayloadPicture.of(row.payload().orElseThrow().bytes(), InstalledCoders.all(), LIMITS)
            .toPng();

    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(file));
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(shown.getRGB(0, 0, 300, 200, null, 0, 300))
        .isEqualTo(expected.getRGB(0, 0, 300, 200, null, 0, 300));
  }

  private interface Compression {
    byte[] compress(byte[] lines);
  }

  private static byte[] withData(RasterImage raster, Compression compression) throws Exception {
    byte[] plain = PngWriter.write(raster, ImageMetadata.NONE);
    PngFile png = PngFile.parse(plain);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, PngFile.SIGNATURE_BYTES);
    PngWriter.writeChunk(out, png.chunks().get(0));
    PngWriter.writeChunk(out, new PngChunk("IDAT", compression.compress(PngLines.inflate(png))));
    PngWriter.writeChunk(out, new PngChunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  private static byte[] javaDeflate(byte[] lines, int level) {
    Deflater deflater = new Deflater(level);
    deflater.setInput(lines);
    deflater.finish();
    byte[] buffer = new byte[2 * lines.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  private static PngChunk chunk(String type) {
    return new PngChunk(type, new byte[] {1, 2, 3, 4, 5, 6});
  }

  /** Blobs of labels with uneven edges. */
  private static RasterImage labels(int width, int height) {
    byte[] samples = new byte[width * height];
    for (int i = 0; i < samples.length; i++) {
      int x = i % width;
      int y = i / width;
      int wave = (x * x + 3 * y * y + 41 * (x * y % 17)) / 2000;
      samples[i] = LABELS[wave % LABELS.length];
    }
    return new RasterImage(width, height, 1, 8, samples);
  }

  private static FileArchiver archiver(Fidelity fidelity) {
    return new FileArchiver(Profile.FAST, fidelity, LIMITS, PLAIN, PLAIN);
  }
}
