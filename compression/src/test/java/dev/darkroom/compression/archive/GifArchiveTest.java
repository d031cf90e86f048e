package dev.darkroom.compression.archive;

import static dev.darkroom.compression.archive.WholeFiles.concat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.compression.Profile;
import dev.darkroom.compression.container.StreamCoders;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageFileDecoder;
import dev.darkroom.compression.image.ImageFormat;
import dev.darkroom.compression.image.gif.GifLeftovers;
import dev.darkroom.compression.image.gif.WhimsicalGif;
import dev.darkroom.compression.plain.PlainCoder;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GifArchiveTest {
  private static final DecodeLimits LIMITS =
      new DecodeLimits(1 << 22, 1 << 24, Duration.ofSeconds(30));
  private static final StreamCoders PLAIN = StreamCoders.of(List.of(new PlainCoder()));

  /** Where the frame begins behind a palette of 32 colours. */
  private static final int FRAME = 13 + 3 * 32;

  private final FileRestorer restorer = new FileRestorer(LIMITS, PLAIN);
  private final ImageFileDecoder decoder = new ImageFileDecoder(LIMITS);

  /**
   * Indices are those that were written, and a recipe rebuilds the file. ImageIO is no judge here:
   * it takes interlaced frames of less than 5 rows, and some others, for what they are not.
   */
  @Property(tries = 200)
  void rebuildsFilesOfAWhimsicalEncoder(
      @ForAll @IntRange(min = 1, max = 120) int width,
      @ForAll @IntRange(min = 1, max = 120) int height,
      @ForAll @IntRange(min = 2, max = 8) int depth,
      @ForAll boolean interlaced,
      @ForAll @IntRange(max = 40) int whims,
      @ForAll long seed)
      throws Exception {
    byte[] indices = indices(width, height, depth, seed);
    byte[] file = WhimsicalGif.file(indices, width, height, depth, interlaced, whims, seed);

    DecodedImage image = decoder.decode(file);
    assertThat(image.raster().samples()).isEqualTo(indices);
    assertRebuilds(file, image);
  }

  /** Whatever is cut off or put behind the frame, the file is kept, and rebuilt where it can be. */
  @Property(tries = 100)
  void keepsOddFiles(@ForAll @IntRange(max = 5) int kind, @ForAll long seed) throws Exception {
    byte[] sound = WhimsicalGif.file(indices(90, 70, 5, seed), 90, 70, 5, false, 0, seed);
    byte[] file =
        switch (kind) {
          case 0 -> Arrays.copyOf(sound, sound.length - 1);
          case 1 -> Arrays.copyOf(sound, sound.length - 2);
          case 2 -> Arrays.copyOf(sound, sound.length + 500);
          case 3 -> Arrays.copyOf(sound, sound.length / 2);
          case 4 -> withScreen(sound, 200);
          default -> flipped(sound, seed);
        };

    ArchivedFile row = archiver(Fidelity.FILE).archive(file);

    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);
    if (kind < 3 || kind == 4) {
      assertRebuilds(file, decoder.salvage(file).orElseThrow());
    }
    if (kind < 2 || kind == 3) {
      assertThat(row.failure().orElseThrow().type()).isEqualTo("TRUNCATED");
    }
    ArchivedFile pixels = archiver(Fidelity.PIXELS).archive(file);
    if (kind != 2 && kind != 5) {
      assertThat(pixels.status()).isEqualTo(ArchiveStatus.STORED);
    }
  }

  @Test
  void codesDrawingsOfImageIo() throws Exception {
    BufferedImage image = drawing();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "gif", out)).isTrue();
    byte[] file = out.toByteArray();

    ArchivedFile row = archiver(Fidelity.FILE).archive(file);
    assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
    assertThat(row.payload().orElseThrow().codec()).isEqualTo(ArchiveCodec.IFLOW);
    assertThat(restorer.restore(RestoreRequest.of(row)).bytes()).isEqualTo(file);

    ArchivedFile pixels = archiver(Fidelity.PIXELS).archive(file);
    assertThat(pixels.status()).isEqualTo(ArchiveStatus.OK);
    byte[] png = restorer.restore(RestoreRequest.of(pixels)).bytes();
    BufferedImage restored = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(restored.getRaster().getPixels(0, 0, 300, 200, (int[]) null))
        .isEqualTo(image.getRaster().getPixels(0, 0, 300, 200, (int[]) null));
    assertThat(restored.getRGB(0, 0, 300, 200, null, 0, 300))
        .isEqualTo(image.getRGB(0, 0, 300, 200, null, 0, 300));
  }

  @Test
  void namesWhatPixelsLeaveBehind() {
    byte[] sound = WhimsicalGif.file(indices(9, 7, 5, 1), 9, 7, 5, false, 0, 1);
    assertThat(GifLeftovers.of(sound)).isEmpty();
    assertThat(GifLeftovers.of(Arrays.copyOf(sound, sound.length + 9)))
        .containsExactly(GifLeftovers.TRAILING_BYTES);
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsOrTellsOfBytesBehindTheTrailer(Fidelity fidelity) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(drawing(), "gif", out)).isTrue();
    byte[] sound = out.toByteArray();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(zip)) {
      entries.putNextEntry(new ZipEntry("a.txt"));
      entries.write("hidden".getBytes(StandardCharsets.US_ASCII));
    }
    for (byte[] file : List.of(concat(sound, zip.toByteArray()), concat(sound, new byte[500]))) {
      ArchivedFile row = archiver(fidelity).archive(file);

      RestoredFile restored = restorer.restore(RestoreRequest.of(row));
      assertThat(row.failure()).isEmpty();
      assertThat(row.status()).isEqualTo(ArchiveStatus.OK);
      if (fidelity == Fidelity.FILE) {
        assertThat(restored.bytes()).isEqualTo(file);
        assertThat(row.leftBehind()).isEmpty();
      } else {
        assertThat(row.leftBehind()).containsExactly(GifLeftovers.TRAILING_BYTES);
        assertThat(decoder.decode(restored.bytes()).raster())
            .isEqualTo(decoder.decode(sound).raster());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fidelity.class)
  void keepsDamagedFilesOfOneFrameAndOfSeveral(Fidelity fidelity) throws Exception {
    byte[] still = WhimsicalGif.file(indices(90, 70, 5, 8), 90, 70, 5, false, 0, 8);
    byte[] frame = Arrays.copyOfRange(still, FRAME, still.length);
    byte[] animation = concat(Arrays.copyOf(still, still.length - 1), frame);
    assertKept(fidelity, animation, Optional.empty());
    for (byte[] file : List.of(still, animation)) {
      byte[] open = Arrays.copyOf(file, file.length - 1);
      assertKept(fidelity, open, Optional.of("TRUNCATED"));
      assertKept(fidelity, concat(open, new byte[] {0, 0x3B}), Optional.of("CORRUPT"));
      assertKept(fidelity, Arrays.copyOf(file, file.length * 2 / 5), Optional.of("TRUNCATED"));
    }
    assertKept(
        fidelity, Arrays.copyOf(animation, animation.length * 3 / 4), Optional.of("TRUNCATED"));
  }

  /** The frame lies beside the origin, beyond the screen's edge, or is larger than the screen. */
  @ParameterizedTest
  @CsvSource({"120,20,0", "120,0,20", "90,5,0", "90,200,200", "60,0,0", "120,0,0"})
  void keepsFramesThatDoNotFillTheScreen(int screen, int left, int top) throws Exception {
    byte[] file =
        withScreen(WhimsicalGif.file(indices(90, 70, 5, 8), 90, 70, 5, false, 0, 8), screen);
    file[FRAME + 1] = (byte) left;
    file[FRAME + 3] = (byte) top;
    for (Fidelity fidelity : Fidelity.values()) {
      assertKept(fidelity, file, Optional.empty());
    }
  }

  private void assertKept(Fidelity fidelity, byte[] file, Optional<String> failure)
      throws Exception {
    WholeFiles.assertKept(archiver(fidelity).archive(file), fidelity, file, failure, restorer);
  }

  private static void assertRebuilds(byte[] file, DecodedImage image) throws Exception {
    Optional<WritableRecipe> recipe = FileRecipes.of(file, ImageFormat.GIF, image.raster());
    assertThat(recipe).isPresent();
    byte[] block = ArchiveBlock.of(recipe.get());
    byte[] rebuilt =
        ArchiveBlock.recipe(block).orElseThrow().rebuild(image.raster(), LIMITS.maxBytes());
    assertThat(rebuilt).isEqualTo(file);
  }

  private static byte[] withScreen(byte[] gif, int width) {
    byte[] file = gif.clone();
    file[6] = (byte) width;
    return file;
  }

  private static byte[] flipped(byte[] gif, long seed) {
    byte[] file = gif.clone();
    file[13 + (int) Math.floorMod(seed, (long) gif.length - 13)] ^= (byte) (1 << (seed & 7));
    return file;
  }

  private static byte[] indices(int width, int height, int depth, long seed) {
    Random random = new Random(seed);
    byte[] indices = new byte[width * height];
    for (int i = 0; i < indices.length; i++) {
      indices[i] =
          i > 0 && random.nextInt(5) > 0 ? indices[i - 1] : (byte) random.nextInt(1 << depth);
    }
    return indices;
  }

  private static BufferedImage drawing() {
    byte[] values = new byte[256];
    for (int i = 0; i < 256; i++) {
      values[i] = (byte) (i * 37);
    }
    IndexColorModel colors = new IndexColorModel(8, 256, values, values.clone(), new byte[256]);
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_INDEXED, colors);
    Random random = new Random(3);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 300; x++) {
        image.getRaster().setSample(x, y, 0, (x + y) / 3 + random.nextInt(3));
      }
    }
    return image;
  }

  private static FileArchiver archiver(Fidelity fidelity) {
    return new FileArchiver(Profile.FAST, fidelity, LIMITS, PLAIN, PLAIN);
  }
}
