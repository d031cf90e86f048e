package dev.darkroom.compression.image.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.darkroom.compression.DrawnImages;
import dev.darkroom.compression.RasterImage;
import dev.darkroom.compression.image.DecodeLimits;
import dev.darkroom.compression.image.DecodedImage;
import dev.darkroom.compression.image.ImageDecodeException;
import dev.darkroom.compression.image.ImageDecodeException.ErrorType;
import dev.darkroom.compression.image.ImageMetadata;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngRoundTripTest {
  @ParameterizedTest
  @CsvSource({"1,8", "2,8", "3,8", "4,8", "1,16", "2,16", "3,16", "4,16"})
  void returnsWhatTheWriterWrote(int channels, int depth) throws ImageDecodeException {
    RasterImage raster = DrawnImages.smooth(31, 17, channels, depth);
    ImageMetadata metadata =
        new ImageMetadata(
            List.of(
                new PngChunk("gAMA", new byte[] {0, 0, 1, 2}),
                new PngChunk("eXIf", new byte[] {'I', 'I', 42, 0})));

    DecodedImage decoded =
        PngDecoder.decode(PngWriter.write(raster, metadata), DecodeLimits.DEFAULT);

    assertThat(decoded.raster()).isEqualTo(raster);
    assertThat(decoded.metadata()).isEqualTo(metadata);
    assertThat(decoded.lossySource()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1,8", "3,8", "4,8", "1,16", "3,16", "4,16"})
  void writesWhatImageIoReads(int channels, int depth) throws IOException {
    RasterImage raster = DrawnImages.smooth(31, 17, channels, depth);

    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(PngWriter.write(raster, ImageMetadata.NONE)));

    int[] samples = image.getRaster().getPixels(0, 0, 31, 17, (int[]) null);
    assertThat(samples).hasSize((int) raster.subpixels());
    for (int i = 0; i < samples.length; i++) {
      byte[] bytes = raster.samples();
      int expected =
          depth == 8 ? bytes[i] & 0xFF : (bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF;
      assertThat(samples[i]).isEqualTo(expected);
    }
  }

  /** Any lines that a header allows become a raster and the same lines again, filters and all. */
  @Property(tries = 400)
  void undoesEveryStepOfReading(
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 0, max = 14) int kind,
      @ForAll boolean interlaced,
      @ForAll long seed)
      throws ImageDecodeException {
    int[] colorTypes = {0, 0, 0, 0, 0, 2, 2, 3, 3, 3, 3, 4, 4, 6, 6};
    int[] depths = {1, 2, 4, 8, 16, 8, 16, 1, 2, 4, 8, 8, 16, 8, 16};
    PngHeader header = new PngHeader(width, height, depths[kind], colorTypes[kind], interlaced);
    Random random = new Random(seed);
    byte[] lines = randomLines(header, random);
    byte[] file = file(header, lines, palette(header), new byte[0]);

    PngFile parsed = PngFile.parse(file);
    byte[] read = PngLines.inflate(parsed);
    assertThat(read).isEqualTo(lines);
    PngLines.unfilter(header, read);
    PngRows rows = new PngRows(header);
    byte[] rebuilt = rows.toLines(rows.toRaster(read));
    copyFilterTypes(header, read, rebuilt);
    if (header.rowBytes(1) * 8 == (long) header.storedChannels() * header.depth()) {
      PngLines.filter(header, rebuilt);
      assertThat(rebuilt).isEqualTo(lines);
    }
  }

  @Test
  void makesATransparentColorAnAlphaChannel() throws ImageDecodeException {
    PngHeader header = new PngHeader(2, 1, 8, PngHeader.RGB, false);
    byte[] lines = {0, 1, 2, 3, 4, 5, 6};
    byte[] file = file(header, lines, new byte[0], new byte[] {0, 4, 0, 5, 0, 6});

    assertThat(PngDecoder.decode(file, DecodeLimits.DEFAULT).shown())
        .isEqualTo(new RasterImage(2, 1, 4, 8, new byte[] {1, 2, 3, -1, 4, 5, 6, 0}));
  }

  @Test
  void scalesShallowGreyAndLooksUpPalettes() throws ImageDecodeException {
    byte[] grey =
        file(
            new PngHeader(4, 1, 2, PngHeader.GREY, false),
            new byte[] {0, 0b00_01_10_11},
            new byte[0],
            new byte[0]);
    assertThat(PngDecoder.decode(grey, DecodeLimits.DEFAULT).shown())
        .isEqualTo(new RasterImage(4, 1, 1, 8, new byte[] {0, 85, (byte) 170, -1}));

    byte[] palette =
        file(
            new PngHeader(2, 1, 1, PngHeader.PALETTE, false),
            new byte[] {0, 0b0100_0000},
            new byte[] {1, 2, 3, 4, 5, 6},
            new byte[] {9});
    assertThat(PngDecoder.decode(palette, DecodeLimits.DEFAULT).shown())
        .isEqualTo(new RasterImage(2, 1, 4, 8, new byte[] {1, 2, 3, 9, 4, 5, 6, -1}));
  }

  @Test
  void noticesEveryFlippedBitAndTruncation() {
    byte[] file = PngWriter.write(DrawnImages.smooth(9, 7, 3, 8), ImageMetadata.NONE);
    for (int i = 0; i < file.length; i++) {
      byte[] flipped = file.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> PngDecoder.decode(flipped, DecodeLimits.DEFAULT))
          .isInstanceOf(ImageDecodeException.class);
      byte[] cut = Arrays.copyOf(file, i);
      assertThatThrownBy(() -> PngDecoder.decode(cut, DecodeLimits.DEFAULT))
          .isInstanceOf(ImageDecodeException.class);
    }
  }

  @Test
  void refusesABombBeforeTakingMemory() {
    PngHeader header = new PngHeader(60_000, 60_000, 16, PngHeader.RGBA, false);
    byte[] file = file(header, new byte[8], new byte[0], new byte[0]);
    assertThatThrownBy(() -> PngDecoder.decode(file, DecodeLimits.DEFAULT))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.TOO_LARGE, ImageDecodeException::type);

    PngHeader within = new PngHeader(11_000, 11_000, 8, PngHeader.GREY, false);
    byte[] empty = file(within, new byte[8], new byte[0], new byte[0]);
    assertThatThrownBy(() -> PngDecoder.decode(empty, DecodeLimits.DEFAULT))
        .asInstanceOf(type(ImageDecodeException.class))
        .returns(ErrorType.TRUNCATED, ImageDecodeException::type);
  }

  private static byte[] randomLines(PngHeader header, Random random) {
    byte[] lines = new byte[(int) header.lineBytes()];
    random.nextBytes(lines);
    int line = 0;
    for (PngHeader.Pass pass : header.passes()) {
      for (int y = 0; y < pass.height(); y++) {
        lines[line] = (byte) random.nextInt(5);
        line += 1 + (int) header.rowBytes(pass.width());
      }
    }
    return lines;
  }

  private static void copyFilterTypes(PngHeader header, byte[] from, byte[] to) {
    int line = 0;
    for (PngHeader.Pass pass : header.passes()) {
      for (int y = 0; y < pass.height(); y++) {
        to[line] = from[line];
        line += 1 + (int) header.rowBytes(pass.width());
      }
    }
  }

  private static byte[] palette(PngHeader header) {
    if (header.colorType() != PngHeader.PALETTE) {
      return new byte[0];
    }
    byte[] palette = new byte[3 << header.depth()];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (i * 83 >> i % 3);
    }
    return palette;
  }

  private static byte[] file(PngHeader header, byte[] lines, byte[] palette, byte[] transparency) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(8).putLong(0x8950_4E47_0D0A_1A0AL).array());
    PngWriter.writeChunk(out, new PngChunk("IHDR", header.toBytes()));
    if (palette.length > 0) {
      PngWriter.writeChunk(out, new PngChunk("PLTE", palette));
    }
    if (transparency.length > 0) {
      PngWriter.writeChunk(out, new PngChunk("tRNS", transparency));
    }
    Deflater deflater = new Deflater();
    deflater.setInput(lines);
    deflater.finish();
    byte[] buffer = new byte[lines.length * 2 + 64];
    int length = deflater.deflate(buffer);
    deflater.end();
    PngWriter.writeChunk(out, new PngChunk("IDAT", Arrays.copyOf(buffer, length)));
    PngWriter.writeChunk(out, new PngChunk("IEND", new byte[0]));
    return out.toByteArray();
  }
}
